/// What the operator set, and what is said where it is wrong. `read` makes it of YAML, `.env` and
/// the environment. It builds nothing and serves nothing.
@NullMarked
package io.onebalance.settings;

import org.jspecify.annotations.NullMarked;
