/// Reports as pictures: SVG written by hand, whole in one file.
@NullMarked
package io.onebalance.simulate.chart;

import org.jspecify.annotations.NullMarked;
