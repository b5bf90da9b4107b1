namespace Dfx.Torch;

/// <summary>Numbers to scalars and back.</summary>
public static class ScalarExtensionMethods
{
    /// <summary>The number as a scalar.</summary>
    public static Scalar ToScalar(this int value) => value;

    /// <inheritdoc cref="ToScalar(int)"/>
    public static Scalar ToScalar(this long value) => value;

    /// <inheritdoc cref="ToScalar(int)"/>
    public static Scalar ToScalar(this float value) => value;

    /// <inheritdoc cref="ToScalar(int)"/>
    public static Scalar ToScalar(this double value) => value;

    /// <inheritdoc cref="ToScalar(int)"/>
    public static Scalar ToScalar(this bool value) => value;

    /// <summary>The scalar as a number of that type.</summary>
    public static double ToDouble(this Scalar value) => value.Number.AsDouble;

    /// <inheritdoc cref="ToDouble(Scalar)"/>
    public static float ToSingle(this Scalar value) => (float)value.Number.AsDouble;

    /// <summary>The scalar as an integer; a real number is cut off towards zero.</summary>
    /// <exception cref="OverflowException">The value does not fit.</exception>
    public static long ToInt64(this Scalar value) => value.Number.AsInt64;

    /// <inheritdoc cref="ToInt64(Scalar)"/>
    public static int ToInt32(this Scalar value) => checked((int)value.Number.AsInt64);

    /// <summary>Whether the scalar is not zero.</summary>
    public static bool ToBoolean(this Scalar value) => value.Number.AsDouble != 0;
}
