/// `doctor`, what it looks at, and what it says of it.
@NullMarked
package io.onebalance.cli.doctor;

import org.jspecify.annotations.NullMarked;
