package dev.understudy.codec;

/**
 * Why a field cannot be learned, or a value not be taken.
 *
 * @param field name of the field, nested ones by dotted path
 * @param code stable, lower case with hyphens
 * @param message one sentence that names field, value (never of a real record) and limit, and what to do
 */
public record FieldProblem(String field, String code, String message) {}
