reset session
set encoding utf8
set terminal pngcairo noenhanced truecolor font 'DejaVu Sans,10' fontscale 1.9 size 1600,800 background rgb '#ffffff'
set output
set multiplot
unset key
set border 3 lc rgb '#5f5f5f' lw 1.5
set tics nomirror out scale 0.6 textcolor rgb '#222222' font ',9.0'
set grid ytics lc rgb '#e2e2e2' lw 1.5 lt 1
set bars 0.6
set style textbox opaque noborder fillcolor rgb '#ffffff' margins 0.2,0.2
set label "Latency p50: every trial" at screen 0.01750,0.94500 left font 'DejaVu Sans Bold,13.0' textcolor rgb '#222222'
set label "Points: n = 1 to 2 trials, left to right in the order in which they ran\073 box: quartiles and median\073 whiskers: within 1.5 quartile" at screen 0.01750,0.89000 left font 'DejaVu Sans,9.0' textcolor rgb '#5f5f5f'
set label "ranges. Axes do not start at 0. Lower is better." at screen 0.01750,0.85250 left font 'DejaVu Sans,9.0' textcolor rgb '#5f5f5f'
set label "a\174b: 1 of 2 trials timed out." at screen 0.01750,0.07500 left font 'DejaVu Sans,8.0' textcolor rgb '#5f5f5f'
set label "Run small, 2026-11-24, r1." at screen 0.01750,0.03750 left font 'DejaVu Sans,8.0' textcolor rgb '#5f5f5f'
set lmargin at screen 0.10000
set rmargin at screen 0.96750
set tmargin at screen 0.72500
set bmargin at screen 0.19500
set label "" at screen 0.10000,0.75750 left font 'DejaVu Sans Bold,10.0' textcolor rgb '#222222'
set xrange [-0.95:1.95]
set xtics ("host" 0.0, "a\174b" 1.0) scale 0
set ylabel "\302\265s" offset character 1.2,0 font ',10.0' textcolor rgb '#222222'
set yrange [8.8:21.2]
$box0 << EOD
0.0 10.0 10.5 11.0 11.5 12.0
EOD
$points0 << EOD
-0.25 10.0
0.25 12.0
EOD
$box1 << EOD
1.0 20.0 20.0 20.0 20.0 20.0
EOD
$points1 << EOD
1.0 20.0
EOD
plot $box0 using 1:2:(0):($6-$2) with vectors heads size screen 0.003,90 lw 2.5 lc rgb '#8a8a8a', $box0 using 1:4:($1-0.34):($1+0.34):3:5 with boxxyerror fillstyle solid 1 noborder lc rgb '#dcdcdc', $box0 using ($1-0.34):4:(0.68):(0) with vectors nohead lw 6 lc rgb '#8a8a8a', $points0 using 1:2 with points pt 7 ps 1.9 lc rgb '#ffffff', $points0 using 1:2 with points pt 7 ps 1.4 lc rgb '#8a8a8a', $box1 using 1:2:(0):($6-$2) with vectors heads size screen 0.003,90 lw 2.5 lc rgb '#0072b2', $box1 using 1:4:($1-0.34):($1+0.34):3:5 with boxxyerror fillstyle solid 1 noborder lc rgb '#b3d5e8', $box1 using ($1-0.34):4:(0.68):(0) with vectors nohead lw 6 lc rgb '#0072b2', $points1 using 1:2 with points pt 7 ps 1.9 lc rgb '#ffffff', $points1 using 1:2 with points pt 7 ps 1.4 lc rgb '#0072b2'
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
