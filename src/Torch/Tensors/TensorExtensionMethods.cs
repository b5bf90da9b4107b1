namespace Dfx.Torch;

/// <summary>The one element of a tensor as a managed number.</summary>
public static class TensorExtensionMethods
{
    /// <summary>The one element as a double, read from the tensor's device.</summary>
    public static double ToDouble(this Tensor value) => value.ToScalar().ToDouble();

    /// <inheritdoc cref="ToDouble(Tensor)"/>
    public static float ToSingle(this Tensor value) => value.ToScalar().ToSingle();

    /// <summary>The one element as an integer, read from the tensor's device; a real number is cut off towards zero.</summary>
    public static long ToInt64(this Tensor value) => value.ToScalar().ToInt64();

    /// <inheritdoc cref="ToInt64(Tensor)"/>
    public static int ToInt32(this Tensor value) => value.ToScalar().ToInt32();

    /// <summary>Whether the one element is not zero.</summary>
    public static bool ToBoolean(this Tensor value) => value.ToScalar().ToBoolean();
}
