/// Where providers are, as URLs, and the paths that may not be asked there.
@NullMarked
package io.onebalance.provider.url;

import org.jspecify.annotations.NullMarked;
