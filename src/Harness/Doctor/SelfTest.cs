namespace Dfx.Harness.Doctor;

/// <summary>One number that a tensor library has to give.</summary>
/// <param name="Operation">What is computed.</param>
/// <param name="Compute">Computes it on a device.</param>
/// <param name="Expected">The number.</param>
/// <param name="Tolerance">How far a device may be from it.</param>
internal sealed record KnownNumber(string Operation, Func<torch.Device, double> Compute, double Expected, double Tolerance = 0);

/// <summary>
/// Whether this libtorch computes on a device what it should: networks that are wrong in silence are worse than none. It takes a few
/// milliseconds on a CPU.
/// </summary>
/// <remarks>
/// Inputs, weights and gradients of the convolution and the product are small integers: every sum is exact in float32 in any order, and
/// TF32 and bfloat16 hold the inputs, so the numbers have no tolerance. They were computed in NumPy's int64, those of GroupNorm in float64.
/// </remarks>
internal static class SelfTest
{
    private const int Groups = 4;
    private const double Rounding = 0.02;

    internal static IReadOnlyList<KnownNumber> Numbers { get; } =
    [
        new("convolution", device => Sum(Convolution(Image(device), Kernel(device))), -1893),
        new("the convolution's gradient of its input", device => Gradient(Image(device), x => Convolution(x, Kernel(device))), -12087),
        new("the convolution's gradient of its weights", device => Gradient(Kernel(device), w => Convolution(Image(device), w)), -1681),
        new("matrix product", device => Sum(torch.matmul(Integers(device, 3, 13, 6, 48, 64), Integers(device, 5, 17, 8, 64, 40))), 4183),
        new("GroupNorm", device => Sum(Normalized(Image(device))), 4030.246409281076, Rounding),
        new("the gradient of GroupNorm", device => Gradient(Image(device), Normalized), 3282.421166389333, Rounding),
    ];

    /// <summary>What is wrong on a device, in one line; null if every number is as it should be.</summary>
    internal static string? Of(torch.Device device, IEnumerable<KnownNumber>? numbers = null)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var known in numbers ?? Numbers)
        {
            var found = known.Compute(device);
            if (!(Math.Abs(found - known.Expected) <= known.Tolerance))
            {
                return string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"libtorch computes wrong numbers on {device}: {known.Operation} gave {found} instead of {known.Expected}; take another libtorch (DFX_LIBTORCH) or device");
            }
        }

        return null;
    }

    private static torch.Tensor Image(torch.Device device) => Integers(device, 7, 11, 5, 2, 8, 12, 12);

    private static torch.Tensor Kernel(torch.Device device) => Integers(device, 5, 7, 3, 16, 8, 3, 3);

    private static torch.Tensor Convolution(torch.Tensor image, torch.Tensor kernel) =>
        torch.nn.functional.conv2d(image, kernel, padding: [1L, 1L]);

    private static torch.Tensor Normalized(torch.Tensor image) => torch.nn.functional.group_norm(
        image, Groups, torch.arange(1, 9, torch.ScalarType.Float32, image.device) / 4, torch.arange(0, 8, torch.ScalarType.Float32, image.device) / 8, 1e-5);

    /// <summary>Element i is (i · factor mod modulus) − shift.</summary>
    private static torch.Tensor Integers(torch.Device device, long factor, long modulus, long shift, params long[] shape) =>
        torch.arange(shape.Aggregate((a, b) => a * b), torch.ScalarType.Int64, device).mul(factor).remainder(modulus).sub(shift).to(torch.ScalarType.Float32).view(shape);

    /// <summary>The sum in which element i counts (i mod 7) + 1 times: an element in the wrong place shows.</summary>
    private static double Sum(torch.Tensor x) => x.to(torch.ScalarType.Float64).mul(Weights(x)).sum().item<double>();

    private static double Gradient(torch.Tensor x, Func<torch.Tensor, torch.Tensor> function)
    {
        using var recording = torch.enable_grad();
        x.requires_grad_(true);
        var y = function(x);
        y.backward([Weights(y).to(torch.ScalarType.Float32)]);
        return Sum(x.grad!);
    }

    private static torch.Tensor Weights(torch.Tensor x) => Integers(x.device, 1, 7, -1, x.shape).to(torch.ScalarType.Float64);
}
