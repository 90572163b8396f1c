package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Cost of one password: argon2id with 19 MiB, two passes, one lane, some 30 ms.
const (
	argonTime   = 2
	argonMemory = 19 * 1024 // KiB
	argonLanes  = 1
	argonLength = 32
	saltLength  = 16
)

// Parallel is how many passwords are looked at at the same time by one Hasher;
// it bounds the memory logins can take to Parallel × 19 MiB.
const Parallel = 4

// Hasher makes and checks hashes of passwords, few at a time.
type Hasher struct {
	slots chan struct{}
	dummy string // of a password nobody has
}

// NewHasher gives a Hasher.
func NewHasher() *Hasher {
	h := &Hasher{slots: make(chan struct{}, Parallel)}
	h.dummy = encode(rand.Text(), make([]byte, saltLength))
	return h
}

// Hash gives the hash of a password in the PHC form.
func (h *Hasher) Hash(password string) string {
	salt := make([]byte, saltLength)
	_, _ = rand.Read(salt) // it never fails
	return encode(password, salt)
}

func encode(password string, salt []byte) string {
	sum := argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonLanes, argonLength)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonLanes,
		b64.EncodeToString(salt), b64.EncodeToString(sum))
}

// Check says whether password is that of the hash. With an empty hash, as of a
// user that does not exist, it takes the same time and says no. It waits for a
// free place at most until ctx ends, and then gives its error.
func (h *Hasher) Check(ctx context.Context, hash, password string) (bool, error) {
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	if hash == "" {
		_, err := compare(h.dummy, password)
		return false, err
	}
	return compare(hash, password)
}

var errHash = errors.New("password hash is not in the form this program writes")

func compare(hash, password string) (bool, error) {
	var version, memory, time, lanes int
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, errHash
	}
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &memory, &time, &lanes); err != nil {
		return false, errHash
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	want, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	// what the database holds may not make a login cost more than four times ours
	if err != nil || err2 != nil || version != argon2.Version || memory < 8 || memory > 4*argonMemory || time < 1 || time > 8 ||
		lanes < 1 || lanes > 4 || len(salt) > 64 || len(want) < 16 || len(want) > 64 {
		return false, errHash
	}
	sum := argon2.IDKey([]byte(password), salt, uint32(time), uint32(memory), uint8(lanes), uint32(len(want)))
	return subtle.ConstantTimeCompare(sum, want) == 1, nil
}
