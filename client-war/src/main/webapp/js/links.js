/** Both are in each picture, even where an order has not come to one. */
export const DATABASES = ['product', 'orders'];

/** The page that shows what becomes of a ticket. */
export const ticketAddress = ({ ticketId }) => `ticket.html?id=${ticketId}`;

/** The order's own page. */
export const orderAddress = ({ orderId }) => `order.html?id=${orderId}`;

/** The picture of what both databases did for an order, or for the ticket that it was. */
export const pictureAddress = ({ orderId }) => `picture.html?order=${orderId}`;
