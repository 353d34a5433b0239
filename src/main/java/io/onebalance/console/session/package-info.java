/// Who is signed in: sessions, the cookie that names one, and the brake on guessing. Time and
/// chance are parameters.
@NullMarked
package io.onebalance.console.session;

import org.jspecify.annotations.NullMarked;
