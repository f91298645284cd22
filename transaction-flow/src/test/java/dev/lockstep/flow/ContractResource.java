package dev.lockstep.flow;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.net.URI;

/** Does as its contract says, and declares nothing of its own. */
@Path("/work")
public class ContractResource implements Contract {

    @Override
    public String allowed(String body) {
        return body;
    }

    @Override
    public void mandatory() {}

    @Override
    public void notAllowed() {}

    @Override
    public void conflict() {
        throw new WebApplicationException(409);
    }

    @Override
    public Response streamed() {
        return Response.ok((StreamingOutput) out -> out.write('a')).build();
    }

    @Override
    public Response elsewhere() {
        return Response.temporaryRedirect(URI.create("work/mandatory")).build();
    }

    @Override
    public void later(AsyncResponse response) {
        response.resume("later");
    }

    @Override
    public Response accepted() {
        return Response.accepted().build();
    }
}
