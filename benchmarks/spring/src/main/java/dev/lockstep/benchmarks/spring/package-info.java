/** The small application of {@code -Dcompare=everybody} on Spring Boot with Narayana: the same statements by plain JDBC, without JPA. */
package dev.lockstep.benchmarks.spring;
