/// What the operator set, from YAML, `.env` and the environment: read, checked, and explained when
/// it is wrong. It builds nothing and serves nothing.
@NullMarked
package io.onebalance.settings;

import org.jspecify.annotations.NullMarked;
