package dev.lockstep.tests.killmatrix;

import java.util.Optional;
import java.util.UUID;

/** The two ways to buy: now, both or nothing; or a ticket now, and the goods later. */
enum World {
    /** {@code POST /api/orders}: the answer tells what came of it. */
    ORDER {
        @Override
        Answer place(Client client, UUID id, int productId, int quantity) {
            return client.place(id, productId, quantity);
        }

        @Override
        Optional<Boolean> isThere(Client client, UUID id) {
            return client.isThere(id);
        }

        @Override
        boolean isOpenAfter(Answer answer) {
            return answer.isOpen();
        }
    },

    /** {@code POST /api/tickets}: yes means that the ticket is given, and its order will be there. */
    TICKET {
        @Override
        Answer place(Client client, UUID id, int productId, int quantity) {
            return client.takeTicket(id, productId, quantity);
        }

        @Override
        Optional<Boolean> isThere(Client client, UUID id) {
            return client.isReady(id);
        }

        @Override
        boolean isOpenAfter(Answer answer) {
            return answer != Answer.NO;
        }
    };

    abstract Answer place(Client client, UUID id, int productId, int quantity);

    /** Asks whether the goods are there: yes, no and never, or not to be told now. */
    abstract Optional<Boolean> isThere(Client client, UUID id);

    /** Whether the client must ask what became of it. */
    abstract boolean isOpenAfter(Answer answer);
}
