package dev.lockstep.operator.control;

/** Tells whether this server is there to be broken; without a bean of this type it is not. */
public interface Demonstration {

    /** {@return whether anything here may be broken} */
    boolean isOn();
}
