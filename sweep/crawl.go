package sweep

import (
	"context"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// crawl takes the site in waves until nothing is left that a budget allows.
// begun is the wave an earlier, killed run had begun; save keeps the number
// before a wave begins.
func (r *run) crawl(ctx context.Context, begun int, save func(wave int) error) error {
	open, err := r.resume(ctx, begun)
	if err != nil {
		return err
	}
	if open { // finish the wave a kill cut short
		if err := r.finish(ctx, begun); err != nil {
			return err
		}
	}
	for wave := begun; ; {
		n, err := r.begin(ctx, &wave, save)
		if err != nil {
			return err
		}
		if n > 0 {
			if err := r.finish(ctx, wave); err != nil {
				return err
			}
			continue
		}
		if more, err := r.add(ctx, r.looks.visits()); err != nil || !more {
			return err
		}
	}
}

// finish crawls what is left of a wave and draws the conclusions of the
// whole wave.
func (r *run) finish(ctx context.Context, wave int) error {
	if err := r.wave(ctx, wave); err != nil {
		return err
	}
	r.doubt.settle()
	if err := r.closeFamilies(ctx); err != nil {
		return err
	}
	if r.seeded {
		return nil
	}
	r.seeded = true // again after a kill, which may have come before: known addresses stay as they are
	_, err := r.add(ctx, r.secondSeeds(ctx))
	return err
}

// begin gives the next wave its visits: those of the first budget that has
// any. What is over a budget is left out and counted. A number is used once,
// also for a wave that stays empty.
func (r *run) begin(ctx context.Context, wave *int, save func(wave int) error) (int, error) {
	for i, p := range r.limits.phases() {
		*wave++
		if err := save(*wave); err != nil {
			return 0, err
		}
		n, err := r.store.BeginWave(ctx, r.id, *wave, p.role.Rank(), r.allowed(i, p))
		if err != nil || n > 0 {
			r.spend(i, n)
			return n, err
		}
		if p.skipped == "" || r.allowed(i, p) != 0 {
			continue
		}
		if err := r.store.SkipQueued(ctx, r.id, p.role.Rank(), p.skipped); err != nil {
			return 0, err
		}
	}
	return 0, nil
}

// allowed is how many visits a budget has left for one wave; negative means all.
func (r *run) allowed(i int, p phase) int {
	limit := p.limit
	if limit >= 0 {
		limit = max(limit-r.taken[i], 0)
	}
	if p.role == govsweep.DoubtfulRole && (limit < 0 || limit > r.doubt.allow) {
		limit = r.doubt.allow
	}
	return limit
}

// spend counts visits against their budget; doubtful pages against that of pages.
func (r *run) spend(phase, n int) {
	r.taken[phase] += n
	if phase < 2 {
		r.taken[1-phase] += n
	}
}

// add queues visits outside a wave and says whether any is new.
func (r *run) add(ctx context.Context, vs []govsweep.Visit) (bool, error) {
	r.commit.fresh = 0
	for _, v := range vs {
		r.commit.discover(v)
	}
	return r.commit.fresh > 0, r.commit.flush(ctx)
}

// resume fills what the memory of a run holds from what storage knows, and
// says whether the wave begun has visits.
func (r *run) resume(ctx context.Context, begun int) (open bool, err error) {
	phases := r.limits.phases()
	err = r.store.EachVisit(ctx, r.id, func(v govsweep.Visit, _ bool) error {
		open = open || begun > 0 && v.Wave == begun
		r.commit.seen.add(v.Key, v.Role.Rank(), spelling(v))
		for i, p := range phases {
			if v.Wave > 0 && v.Role.Rank() <= p.role.Rank() {
				r.spend(i, 1)
				break
			}
		}
		return nil
	})
	if err != nil {
		return false, err
	}
	if r.commit.seen.len() == 0 {
		_, err := r.add(ctx, r.seeds())
		return false, err
	}
	if err := r.recall(ctx, begun); err != nil {
		return false, err
	}
	r.looks.visits() // tells the roles of those under way
	return open, r.closeFamilies(ctx)
}

// recall learns again what the records of the waves before taught.
func (r *run) recall(ctx context.Context, begun int) error {
	waves := map[int]*doubt{}
	past := failures{own: r.own}
	err := r.store.EachRecord(ctx, r.id, func(rec *govsweep.Record) error {
		r.learn(rec)
		r.tally.add(rec)
		r.looks.note(rec)
		past.note(rec)
		if waves[rec.Visit.Wave] == nil {
			waves[rec.Visit.Wave] = &doubt{}
		}
		waves[rec.Visit.Wave].note(rec)
		return nil
	})
	for w := range begun + 1 {
		if waves[w] == nil {
			continue
		}
		r.doubt.wave = append(r.doubt.wave, waves[w].wave...)
		if w < begun {
			r.doubt.settle()
		}
	}
	r.breaker.recall(&past)
	return err
}

// secondSeeds are asked for when the home page was: the places of a re-test,
// columns the register names, and site maps.
func (r *run) secondSeeds(ctx context.Context) []govsweep.Visit {
	out := slices.Clone(r.places)
	if r.commit.focus != nil {
		return out
	}
	for _, c := range r.columns {
		if r.scope.Same(c.URL) {
			out = append(out, govsweep.Visit{Key: address.Key(c.URL, ""), URL: c.URL, Role: govsweep.ColumnRole, Depth: 1, Column: c.URL})
		}
	}
	for _, u := range r.sitemaps(ctx) {
		out = append(out, govsweep.Visit{Key: address.Key(u, ""), URL: u, Role: govsweep.SitemapRole, Depth: 1})
	}
	return out
}

// closeFamilies leaves out the queued pages of scripts that repeat themselves.
func (r *run) closeFamilies(ctx context.Context) error {
	closed := map[string]bool{}
	for _, name := range r.doubt.closed() {
		if !r.closed[name] {
			closed[name], r.closed[name] = true, true
		}
	}
	if len(closed) == 0 {
		return nil
	}
	var keys []uint64
	err := r.store.EachVisit(ctx, r.id, func(v govsweep.Visit, done bool) error {
		if !done && v.Wave == 0 && v.Role == govsweep.DoubtfulRole && closed[family(v.URL)] {
			keys = append(keys, v.Key)
		}
		return nil
	})
	if err != nil || len(keys) == 0 {
		return err
	}
	return r.store.SkipVisits(ctx, r.id, keys, "同一程序反复生成的页面")
}

// sitemaps lists where site maps may be: where robots.txt says, else at the
// usual place.
func (r *run) sitemaps(ctx context.Context) []string {
	base, err := address.NewBase(r.home.URL)
	if err != nil {
		return nil
	}
	var out []string
	if usual, ok := base.Resolve("/sitemap.xml"); ok {
		out = append(out, usual)
	}
	for _, raw := range r.robots(ctx) {
		if u, ok := base.Resolve(raw); ok && r.scope.Same(u) && !slices.Contains(out, u) {
			out = append(out, u)
		}
	}
	return out
}
