/// What a gateway key may use up: requests and tokens a minute, requests at once, budgets a day and
/// a month. Limits are values; what was spent lives here in memory. Knows no clock, no store and no
/// price: time, and what a request cost, are told.
@NullMarked
package io.onebalance.access.limit;

import org.jspecify.annotations.NullMarked;
