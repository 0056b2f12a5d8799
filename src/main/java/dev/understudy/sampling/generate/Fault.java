package dev.understudy.sampling.generate;

import dev.understudy.wire.RequestStatus;

/**
 * Why a batch fell short.
 *
 * @param status REFUSED if it cannot be served as it is, EXPIRED if its time was up, FAILED if it is our fault
 * @param code stable, lower case with hyphens
 * @param message one sentence for the requester, naming field, value and limit
 */
public record Fault(RequestStatus status, String code, String message) {

    static Fault refused(String code, String message) {
        return new Fault(RequestStatus.REFUSED, code, message);
    }

    static Fault failed(String code, String message) {
        return new Fault(RequestStatus.FAILED, code, message);
    }
}
