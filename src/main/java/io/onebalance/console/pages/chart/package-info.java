/// Sums over time as charts, and events as lines: what several pages show.
@NullMarked
package io.onebalance.console.pages.chart;

import org.jspecify.annotations.NullMarked;
