package dev.lockstep.tests;

import java.net.HttpCookie;

/** A running server whose pages people visit. */
public interface Site {

    /** Where its pages are, without a slash at the end. */
    String address();

    /** With it a browser is an operator's, logged in. */
    HttpCookie operatorCookie();
}
