namespace Dfx.Diffusion;

/// <summary>
/// The orthogonal low-pass filter sym6, Daubechies' least asymmetric wavelet with six vanishing moments (Daubechies 1992, section 6.4), as
/// matrices that double and halve one axis of an image. Halving what was doubled gives the image back.
/// </summary>
internal static class Symlet
{
    /// <summary>How many pixels of the axis half of the filter spans.</summary>
    internal const int Reach = 3;

    private static readonly double[] s_taps =
    [
        0.015404109327027373, 0.0034907120842174702, -0.11799011114819057, -0.048311742585633, 0.4910559419267466, 0.787641141030194,
        0.3379294217276218, -0.07263752278646252, -0.021060292512300564, 0.04472490177066578, 0.0017677118642428036, -0.007800708325034148,
    ];

    /// <summary>Pixels of an axis with its reflections on both sides, as far as they go without repeating: 3 size - 2.</summary>
    internal static int Padded(int size) => (3 * size) - 2;

    /// <summary>Samples that are halved to an axis: twice its pixels, with the filter's reach on both sides.</summary>
    internal static int Doubled(int size) => 2 * (size + (2 * Reach));

    /// <summary>From an axis to twice as many samples of it and its reflections: a new tensor [2 Padded(size), size], float32.</summary>
    internal static torch.Tensor Doubling(int size, torch.Device device)
    {
        var rows = 2 * Padded(size);
        var values = new float[rows * size];
        for (var pixel = 0; pixel < rows / 2; pixel++)
        {
            for (var tap = 0; tap < s_taps.Length; tap++)
            {
                var row = (2 * pixel) + tap - 5;
                if (row >= 0 && row < rows)
                {
                    values[(row * size) + Reflected(pixel - (size - 1), size)] += (float)s_taps[tap];
                }
            }
        }

        return Matrix(values, rows, size, device);
    }

    /// <summary>From <see cref="Doubled"/> samples to an axis: a new tensor [size, Doubled(size)], float32.</summary>
    internal static torch.Tensor Halving(int size, torch.Device device)
    {
        var columns = Doubled(size);
        var values = new float[size * columns];
        for (var pixel = 0; pixel < size; pixel++)
        {
            for (var tap = 0; tap < s_taps.Length; tap++)
            {
                values[(pixel * columns) + (2 * (pixel + Reach)) + tap - 5] = (float)s_taps[tap];
            }
        }

        return Matrix(values, size, columns, device);
    }

    private static int Reflected(int place, int size)
    {
        var right = Math.Abs(place);
        return right < size ? right : (2 * (size - 1)) - right;
    }

    private static torch.Tensor Matrix(float[] values, long rows, long columns, torch.Device device)
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(torch.tensor(values).view(rows, columns).to(device));
    }
}
