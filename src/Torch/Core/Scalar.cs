namespace Dfx.Torch;

/// <summary>A number of no tensor: integer, real or truth value, as libtorch's promotion rules distinguish them.</summary>
/// <remarks>Holds no native memory; <see cref="Dispose"/> is there because TorchSharp's type has it.</remarks>
public sealed class Scalar : IDisposable
{
    private Scalar(Number number) => Number = number;

    internal Number Number { get; }

    /// <summary>Int64 for integers, Float64 for reals, Bool for truth values.</summary>
    public torch.ScalarType Type =>
        Number.IsReal ? torch.ScalarType.Float64 : Number.IsBoolean ? torch.ScalarType.Bool : torch.ScalarType.Int64;

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(byte value) => new((long)value);

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(int value) => new((long)value);

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(long value) => new(value);

    /// <summary>A real number.</summary>
    public static implicit operator Scalar(float value) => new((double)value);

    /// <summary>A real number.</summary>
    public static implicit operator Scalar(double value) => new(value);

    /// <summary>A truth value.</summary>
    public static implicit operator Scalar(bool value) => new(value);

    internal static Scalar Of(Number number) => new(number);

    /// <summary>The number, in the invariant culture.</summary>
    public override string ToString() => Number.IsBoolean ? (Number.AsInt64 != 0).ToString()
        : Number.IsReal ? Number.AsDouble.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : Number.AsInt64.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Does nothing.</summary>
    public void Dispose()
    {
        // A managed number: nothing to release.
    }
}
