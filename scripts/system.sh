#!/bin/sh
# What the tests need of the system beside Python: Debian's PostgreSQL, whose server they start for
# themselves (bench/stores.py). Installs it quietly when it is not there and this user may (root, or
# sudo without a password); otherwise says what to do. Never stops the tests: without a server those
# that need one are skipped, and fail where CI=true.
for found in /usr/lib/postgresql/*/bin/pg_ctl; do
    [ -x "$found" ] && exit 0
done
command -v pg_ctl >/dev/null 2>&1 && exit 0

become=""
if [ "$(id -u)" -ne 0 ]; then
    become="sudo -n"
fi
if command -v apt-get >/dev/null 2>&1 && { [ -z "$become" ] || $become true 2>/dev/null; }; then
    echo "apt-get install postgresql （供测试用 / for the tests）"
    said=$(mktemp)
    # the cluster that Debian makes of its own accord stays unused: the tests make one and take it away
    install="$become env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=60"
    if {
        $install install --no-install-recommends postgresql ||
            { $install update && $install install --no-install-recommends postgresql; }
    } </dev/null >"$said" 2>&1; then
        rm -f "$said"
        exit 0
    fi
    tail -n 3 "$said" >&2
    rm -f "$said"
fi
{
    echo "没有 PostgreSQL，用到它的测试将跳过（CI=true 时算失败）。Debian/Ubuntu 请运行：apt-get install postgresql"
    echo "No PostgreSQL: tests that need it are skipped (with CI=true they fail). On Debian/Ubuntu run: apt-get install postgresql"
} >&2
exit 0
