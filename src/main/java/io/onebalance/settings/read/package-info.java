/// The settings as they are read from files and the environment: checked against the table of all
/// there are, and explained where they are wrong.
@NullMarked
package io.onebalance.settings.read;

import org.jspecify.annotations.NullMarked;
