#!/bin/sh
# Prints the Python to use: the first of $PYTHON, python3.13, python3.12, python3.11, python3 that is
# at least 3.11 and can make a virtual environment. Says what is missing when there is none.
seen=""
bare=""
for name in ${PYTHON:-} python3.13 python3.12 python3.11 python3; do
    command -v "$name" >/dev/null 2>&1 || continue
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        if "$name" -c 'import ensurepip, venv' 2>/dev/null; then
            command -v "$name"
            exit 0
        fi
        bare="$bare $name"
    else
        seen="$seen $name ($("$name" -V 2>&1));"
    fi
done
{
    if [ -n "$bare" ]; then
        echo "找到了$bare，但缺少 venv 模块。Debian/Ubuntu 请先运行：apt-get install python3-venv"
        echo "Found$bare without the venv module. On Debian/Ubuntu first run: apt-get install python3-venv"
    else
        echo "明账需要 Python 3.11 或更新版本，这里没有。找到的：${seen:- 无}"
        echo "Mingzhang needs Python 3.11 or newer, and none is here. Found:${seen:- nothing}"
        echo "装好后可指定 / once installed, you may name it: make demo PYTHON=/path/to/python3.12"
    fi
} >&2
exit 1
