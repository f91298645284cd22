package dev.lockstep.console.boundary;

import jakarta.servlet.http.HttpServletRequest;

/** Names of transactions and branches in addresses. They hold Base64, and its slash would be a separator there. */
final class ResourceName {

    private ResourceName() {}

    /** {@return what follows the servlet's path, without its first slash, each {@code ~} being a slash; empty if nothing follows} */
    static String of(HttpServletRequest request) {
        String path = request.getPathInfo();
        // Payara 6.2025.10 takes a plus in a path for a space, unless it is escaped; no name has a space.
        return path == null ? "" : path.substring(1).replace('~', '/').replace(' ', '+');
    }
}
