# Shared by ./run and ./test: find Python, make a virtual environment, install into it, say what is done.

say() { printf 'backstride: %s\n' "$*" >&2; }

find_python() {
  local name
  for name in ${BACKSTRIDE_PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
    if command -v "$name" >/dev/null 2>&1 &&
      "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      printf '%s' "$name"
      return
    fi
  done
  say "needs Python 3.11 or newer, and found none. Install it, or name it: BACKSTRIDE_PYTHON=/path/to/python3 $0"
  exit 1
}

# environment FOLDER [EXTRAS]: a virtual environment with this project (editable) and its pinned dependencies.
environment() {
  local folder=$1 extras=${2:-} stamp python
  stamp=$(cat pyproject.toml constraints.txt scripts/environment.sh | cksum)
  if [ -f "$folder/.stamp" ] && [ "$(cat "$folder/.stamp")" = "$stamp" ]; then return; fi
  python=$(find_python)
  say "setting up $folder with $("$python" --version) (once; about a minute)"
  rm -rf "$folder"
  if command -v uv >/dev/null 2>&1 && uv venv --quiet --seed --python "$python" "$folder" 2>/dev/null &&
    uv pip install --quiet --python "$folder/bin/python" --constraints constraints.txt -e ".$extras" 2>/dev/null; then
    say "installed with uv"
  else
    rm -rf "$folder"
    "$python" -m venv "$folder"
    say "installing with pip"
    "$folder/bin/python" -m pip install -qq --disable-pip-version-check \
      --constraint constraints.txt -e ".$extras"
  fi
  printf '%s' "$stamp" >"$folder/.stamp"
  say "ready"
}

# A browser for the tests that look at pages; without one they are skipped, and say so.
browser() {
  if command -v chromedriver >/dev/null 2>&1; then return; fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "installing chromium for the browser tests"
    if { apt-get install -qq -y chromium chromium-driver || { apt-get update -qq &&
      apt-get install -qq -y chromium chromium-driver; }; } >/dev/null 2>&1; then return; fi
  fi
  say "NO BROWSER: chromium and chromedriver are not here and could not be installed; browser tests will be SKIPPED"
}
