# Starts a PostgreSQL of its own, says where, and stops it when stdin ends.
# $1 is the folder of the server's programs.
set -eu
bin=$1
dir=$(mktemp -d /tmp/pgtest.XXXXXX)
as=''
if [ "$(id -u)" = 0 ]; then
    chown postgres "$dir"
    as='runuser -u postgres --'
fi
cd "$dir"
trap 'cd /; $as "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1 || true; rm -rf "$dir"' EXIT
trap '' INT
# A Chinese locale where the server knows one: the order of bytes must be asked for, not found by luck.
$as "$bin/initdb" -D "$dir/data" -A trust -U govsweep -E UTF8 --no-sync --locale=C --locale-provider=icu --icu-locale=zh-CN >"$dir/init" 2>&1 ||
    { rm -rf "$dir/data"; $as "$bin/initdb" -D "$dir/data" -A trust -U govsweep -E UTF8 --no-sync --locale=C >"$dir/init" 2>&1; } ||
    { cat "$dir/init" >&2; exit 1; }
start() {
    $as "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/data/log" \
        -o "-c listen_addresses='' -c unix_socket_directories='$dir' -c fsync=off -c max_connections=200" start >/dev/null 2>&1 </dev/null ||
        { cat "$dir/data/log" >&2; exit 1; }
}
start
echo "ready $dir"
# Each line asks for a crash: the server is stopped in the middle of its work and started again.
while read -r line; do
    $as "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1
    start
    echo "again"
done
