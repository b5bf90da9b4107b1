namespace Dfx.Numerics;

/// <summary>
/// Whether CUDA may round float32 products to TF32. It is a switch of the whole process, and libtorch's default is on for convolutions: a
/// program that means float32 has to switch it off.
/// </summary>
public static class Tf32
{
    /// <summary>Sets both switches, that of cuDNN's convolutions and that of matrix products, until the result is disposed.</summary>
    /// <param name="allowed">True to round, false for float32.</param>
    /// <returns>Puts back what was set before.</returns>
    public static IDisposable Region(bool allowed)
    {
        var before = (torch.backends.cudnn.allow_tf32, torch.backends.cuda.matmul.allow_tf32);
        Set(allowed, allowed);
        return new Scope(before);
    }

    private static void Set(bool convolutions, bool products) =>
        (torch.backends.cudnn.allow_tf32, torch.backends.cuda.matmul.allow_tf32) = (convolutions, products);

    private sealed class Scope((bool Convolutions, bool Products) before) : IDisposable
    {
        public void Dispose() => Set(before.Convolutions, before.Products);
    }
}
