package dev.understudy.api.format;

/** A cell or node that does not fit its type; says what would, never what it held. */
final class UnfitValueException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String column;

    UnfitValueException(String column, String reason) {
        super(reason, null, false, false);
        this.column = column;
    }

    String column() {
        return column;
    }

    RowResult.Refused refused(long row) {
        return new RowResult.Refused(row, column, getMessage());
    }
}
