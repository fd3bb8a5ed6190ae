reset session
set encoding utf8
set terminal pngcairo noenhanced truecolor font 'DejaVu Sans,10' fontscale 1.9 size 1600,410 background rgb '#ffffff'
set output
set multiplot
unset key
set border 3 lc rgb '#5f5f5f' lw 1.5
set tics nomirror out scale 0.6 textcolor rgb '#222222' font ',9.0'
set grid ytics lc rgb '#e2e2e2' lw 1.5 lt 1
set bars 0.6
set style textbox opaque noborder fillcolor rgb '#ffffff' margins 0.2,0.2
set label "Each network against host" at screen 0.01750,0.89268 left font 'DejaVu Sans Bold,13.0' textcolor rgb '#222222'
set label "Ratio on a logarithmic axis, n = 1 to 2 trials a side. Lines: the intervals that the verdicts rest on, 95 \045 together (Holm)\073 none" at screen 0.01750,0.78537 left font 'DejaVu Sans,9.0' textcolor rgb '#5f5f5f'
set label "where trials are too few. Filled: improved or regressed\073 ring: unchanged\073 cross: inconclusive. Grey bands: too small to matter. \342\206\221" at screen 0.01750,0.71220 left font 'DejaVu Sans,9.0' textcolor rgb '#5f5f5f'
set label "more is better, \342\206\223 less is better." at screen 0.01750,0.63902 left font 'DejaVu Sans,9.0' textcolor rgb '#5f5f5f'
set label "Run small, 2026-11-24, r1." at screen 0.01750,0.07317 left font 'DejaVu Sans,8.0' textcolor rgb '#5f5f5f'
set lmargin at screen 0.14504
set rmargin at screen 0.96500
set tmargin at screen 0.39024
set bmargin at screen 0.30732
set label "a\174b" at screen 0.14504,0.45366 left font 'DejaVu Sans Bold,10.0' textcolor rgb '#0072b2'
set logscale x 10
set xrange [0.88:1.971801207018598]
set xtics ("1" 1.0, "1.2" 1.2, "1.5" 1.5) scale 0
set yrange [0.3:1.7]
unset ylabel
unset grid
set border 1
set ytics ("Latency p50 \342\206\223" 1.0) scale 0
set arrow from first 1,graph 0 to first 1,graph 1 nohead lc rgb '#5f5f5f' lw 2 back
set object rectangle from first 0.9523809523809523,0.64 to first 1.05,1.3599999999999999 fillcolor rgb '#ececec' fillstyle solid 1 noborder behind
$crosses << EOD
1.8257418583505536 1.0 1.8257418583505536 1.8257418583505536
EOD
plot $crosses using 3:2:($4-$3):(0) with vectors heads size screen 0.003,90 lw 3.0 lc rgb '#0072b2', $crosses using 1:2 with points pt 2 ps 1.4 lw 3 lc rgb '#0072b2'
unset label
unset object
unset arrow
unset xlabel
unset ylabel
unset logscale
set xtics auto
set ytics auto
unset multiplot
unset output
