reset session
set encoding utf8
set terminal pngcairo noenhanced truecolor font 'DejaVu Sans,10' fontscale 1.9 size 1600,836 background rgb '#ffffff'
set output
set multiplot
unset key
set border 3 lc rgb '#5f5f5f' lw 1.5
set tics nomirror out scale 0.6 textcolor rgb '#222222' font ',9.0'
set grid ytics lc rgb '#e2e2e2' lw 1.5 lt 1
set bars 0.6
set style textbox opaque noborder fillcolor rgb '#ffffff' margins 0.2,0.2
set label "Latency p50 by network" at screen 0.01750,0.94737 left font 'DejaVu Sans Bold,13.0' textcolor rgb '#222222'
set label "Bars: median of n = 1 to 2 trials\073 whiskers: 95 \045 bootstrap interval. Lower is better." at screen 0.01750,0.89474 left font 'DejaVu Sans,9.0' textcolor rgb '#5f5f5f'
set object rectangle from screen 0.01750,0.83493 to screen 0.03625,0.86364 fillcolor rgb '#8a8a8a' fillstyle solid 1 noborder
set label "host (baseline)" at screen 0.04500,0.84928 left font 'DejaVu Sans,10.0' textcolor rgb '#222222'
set object rectangle from screen 0.18679,0.83493 to screen 0.20554,0.86364 fillcolor rgb '#0072b2' fillstyle solid 1 noborder
set label "a\174b" at screen 0.21429,0.84928 left font 'DejaVu Sans,10.0' textcolor rgb '#222222'
set label "a\174b: 1 of 2 trials timed out." at screen 0.01750,0.07177 left font 'DejaVu Sans,8.0' textcolor rgb '#5f5f5f'
set label "Run small, 2026-11-24, r1." at screen 0.01750,0.03589 left font 'DejaVu Sans,8.0' textcolor rgb '#5f5f5f'
set lmargin at screen 0.10000
set rmargin at screen 0.96750
set tmargin at screen 0.74163
set bmargin at screen 0.18660
set label "small" at screen 0.10000,0.77273 left font 'DejaVu Sans Bold,10.0' textcolor rgb '#222222'
set xrange [-0.95:1.95]
set xtics ("" 0.5) scale 0
set ylabel "\302\265s" offset character 1.2,0 font ',10.0' textcolor rgb '#222222'
set yrange [0.0:23.599999999999998]
set label "11.0" at first 0.0,12.0 center offset character 0,0.6 font ',8.0' textcolor rgb '#222222' front
set label "20.0" at first 1.0,20.0 center offset character 0,0.6 font ',8.0' textcolor rgb '#222222' front
set boxwidth 0.86
$bars0 << EOD
0.0 11.0 10.0 12.0
EOD
$bars1 << EOD
1.0 20.0 NaN NaN
EOD
plot $bars0 using 1:2 with boxes fillstyle solid 1 noborder lc rgb '#8a8a8a', $bars0 using 1:3:(0):($4-$3) with vectors heads size screen 0.003,90 lw 2.5 lc rgb '#222222', $bars1 using 1:2 with boxes fillstyle solid 1 noborder lc rgb '#0072b2', $bars1 using 1:3:(0):($4-$3) with vectors heads size screen 0.003,90 lw 2.5 lc rgb '#222222'
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
