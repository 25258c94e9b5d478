#!/bin/sh
# A Chromium for the browser tests: found, or installed from Debian where that is permitted, or said to be missing.
set -u
for name in "${HAICAP_BROWSER:-}" chromium chromium-browser google-chrome; do
	[ -n "$name" ] && command -v "$name" >/dev/null 2>&1 && exit 0
done
say="haicap: the tests need the browser Chromium, which is not installed"
command -v apt-get >/dev/null 2>&1 || { echo "$say; install it, or name one with HAICAP_BROWSER=/path/to/chromium." >&2; exit 1; }
if [ "$(id -u)" = 0 ]; then as=""; elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as="sudo -n"; else
	echo "$say, and this user may not install it: run 'sudo apt-get install chromium', or name one with HAICAP_BROWSER=/path/to/chromium." >&2
	exit 1
fi
echo "haicap: installing Chromium with apt-get"
log=$(mktemp)
if DEBIAN_FRONTEND=noninteractive $as apt-get install -y -q --no-install-recommends chromium >"$log" 2>&1 ||
	{ $as apt-get update -q >"$log" 2>&1 && DEBIAN_FRONTEND=noninteractive $as apt-get install -y -q --no-install-recommends chromium >>"$log" 2>&1; }; then
	rm -f "$log"
	exit 0
fi
tail -n 5 "$log" >&2
rm -f "$log"
echo "$say, and apt-get could not install it; the reason is in the lines above." >&2
exit 1
