#!/bin/sh
# What the tests need of the system beside Python: Debian's PostgreSQL, whose server they start for
# themselves (bench/stores.py), and Chromium, in which they look at the pages (tests/a11y). Installs
# what is not there, quietly, when this user may (root, or sudo without a password); otherwise says
# what to do. Never stops the tests: those that need what is missing are skipped, and fail where CI=true.
wanted="postgresql"
for found in /usr/lib/postgresql/*/bin/pg_ctl; do
    [ -x "$found" ] && wanted=""
done
command -v pg_ctl >/dev/null 2>&1 && wanted=""
command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 ||
    wanted="$wanted chromium fonts-noto-cjk"
[ -n "$wanted" ] || exit 0

become=""
if [ "$(id -u)" -ne 0 ]; then
    become="sudo -n"
fi
if command -v apt-get >/dev/null 2>&1 && { [ -z "$become" ] || $become true 2>/dev/null; }; then
    echo "apt-get install $wanted （供测试用 / for the tests）"
    said=$(mktemp)
    # the cluster that Debian makes of its own accord stays unused: the tests make one and take it away
    install="$become env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=60"
    if {
        $install install --no-install-recommends $wanted ||
            { $install update && $install install --no-install-recommends $wanted; }
    } </dev/null >"$said" 2>&1; then
        rm -f "$said"
        exit 0
    fi
    tail -n 3 "$said" >&2
    rm -f "$said"
fi
{
    echo "缺少 $wanted，用到它的测试将跳过（CI=true 时算失败）。Debian/Ubuntu 请运行：apt-get install $wanted"
    echo "Missing: $wanted. Tests that need it are skipped (with CI=true they fail). On Debian/Ubuntu run: apt-get install $wanted"
} >&2
exit 0
