/**
 * The filters that stand before the container's own HTTP server, Grizzly, where no servlet or servlet filter can stand.
 *
 * <ul>
 *   <li>D1 — While a body is not complete, no thread shall wait for it.
 *   <li>D2 — When a body is not complete five seconds after its head, the request shall end in 408.
 *   <li>D3 — Of a body its declared length shall be read, {@link dev.lockstep.web.Exchange#BODY_MAX} bytes at most.
 *   <li>D4 — When the container answers by itself, the words shall be ours: a problem under {@code /api}, elsewhere a page. They shall never
 *       tell the container's name.
 *   <li>D5 — Only the canonical spelling of an address shall be served.
 *   <li>D6 — When a request names a host that this server is not called, it shall be refused.
 *   <li>D7 — Offers of another protocol shall be ignored.
 *   <li>D8 — While a client does not read its answer, no thread shall wait for it. When it has not read all 30 seconds after the answer was
 *       given, the connection shall end. When all such answers have more than 32 MiB, those that wait longest shall end.
 * </ul>
 */
package dev.lockstep.web.door.boundary;
