#!/bin/sh
# A tour through the commands on examples/; reports go to out/. $1 is the mingzhang to run.
set -eu
mingzhang=${1:-mingzhang}
lang=${MINGZHANG_LANG:-zh}
clean=examples/clean/budget.txt
slips=examples/slips/budget.txt
ledger=examples/ledger-shenzhen-2023
out=out

say() {
    printf '\n\033[1m%s\033[0m\n' "━━ $*"
}

# Exit status 1 means that there are findings, which is what we came to see.
run() {
    printf '\033[2m$ mingzhang %s\033[0m\n' "$*"
    "$mingzhang" "$@" --lang "$lang" || [ $? -eq 1 ]
}

mkdir -p "$out"

say "由底账编一本书 a book from its ledger: every file is read back and proved"
run compile "$ledger" --out "$out/book"
pdf=$(ls "$out"/book/*.pdf)
run check "$pdf" --html "$out/book.html"

say "一本相符的书 a consistent book"
run check "$clean" --html "$out/clean.html"
"$mingzhang" check "$clean" --format json --out "$out/clean.json" --lang "$lang" || [ $? -eq 1 ]

say "同一本书，埋入八处错误 the same book with eight slips (examples/README.md)"
run check "$slips" --html "$out/slips.html"
"$mingzhang" check "$slips" --format json --out "$out/slips.json" --lang "$lang" || [ $? -eq 1 ]

say "每个数字说的是什么 what every figure means"
"$mingzhang" figures "$slips" --csv --lang "$lang" >"$out/figures.csv"
head -n 12 "$out/figures.csv"
echo "… $(($(wc -l <"$out/figures.csv") - 1)) 个数 figures: $out/figures.csv"

say "一个数参与哪些关系 the relations of one figure: 网络与安全服务支出 86 万元"
figure=$("$mingzhang" figures "$clean" --csv | awk -F, '$2 == "86" && /网络与安全服务支出/ { print $1 }')
run why "$clean" "$figure"

say "目录列出而正文没有的报表 statements that are announced and missing"
run reconstruct "$clean"

cat <<END

报告写在 $out/，请用浏览器打开 $out/slips.html：点任一个数，看它参与的关系。
The reports are in $out/. Open $out/slips.html in a browser and click a figure to see its relations.
  $out/book/                          由底账编成的书 the compiled book (PDF, DOCX, XLSX, HTML, data)
  $out/book.html                      它的核对报告 its report
  $out/clean.html  $out/slips.html    网页报告 reports as pages
  $out/clean.json  $out/slips.json    供程序读取 for programs
  $out/figures.csv                    全部数字 every figure
END
