namespace Dfx.Torch.Tests.Networks;

/// <summary>Convolutions as their definition says, one multiplication at a time, on images [C, H, W] of one sample.</summary>
internal sealed record ReferenceConvolution(
    int In, int Out, (int H, int W) Kernel, (int H, int W) Stride, (int H, int W) Padding, (int H, int W) Dilation, int Groups)
{
    internal static int Extent(int input, int kernel, int stride, int padding, int dilation) =>
        ((input + (2 * padding) - (dilation * (kernel - 1)) - 1) / stride) + 1;

    /// <summary>The forward convolution; weight [out, in / groups, kH, kW].</summary>
    internal double[] Forward(double[] x, (int H, int W) size, double[] weight, double[]? bias, PaddingModes mode)
    {
        var (h, w) = Size(size);
        var result = new double[Out * h * w];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = At(x, size, weight, mode, (i / (h * w), i / w % h, i % w)) + (bias?[i / (h * w)] ?? 0);
        }

        return result;
    }

    internal (int H, int W) Size((int H, int W) size) => (
        Extent(size.H, Kernel.H, Stride.H, Padding.H, Dilation.H), Extent(size.W, Kernel.W, Stride.W, Padding.W, Dilation.W));

    /// <summary>The transposed convolution: every input element spreads its kernel; weight [in, out / groups, kH, kW].</summary>
    internal double[] Transposed(double[] x, (int H, int W) size, double[] weight, double[] bias, (int H, int W) output)
    {
        var result = new double[Out * output.H * output.W];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = bias[i / (output.H * output.W)];
        }

        for (var i = 0; i < x.Length; i++)
        {
            Spread(x[i], (i / (size.H * size.W), i / size.W % size.H, i % size.W), weight, result, output);
        }

        return result;
    }

    private void Spread(double value, (int C, int Y, int X) at, double[] weight, double[] result, (int H, int W) output)
    {
        var (perIn, perOut) = (In / Groups, Out / Groups);
        for (var tap = 0; tap < perOut * Kernel.H * Kernel.W; tap++)
        {
            var (o, ky, kx) = (tap / (Kernel.H * Kernel.W), tap / Kernel.W % Kernel.H, tap % Kernel.W);
            var (y, x) = ((at.Y * Stride.H) - Padding.H + (ky * Dilation.H), (at.X * Stride.W) - Padding.W + (kx * Dilation.W));
            if (y >= 0 && y < output.H && x >= 0 && x < output.W)
            {
                var channel = (at.C / perIn * perOut) + o;
                result[(((channel * output.H) + y) * output.W) + x] += value * weight[(at.C * perOut * Kernel.H * Kernel.W) + tap];
            }
        }
    }

    private double At(double[] x, (int H, int W) size, double[] weight, PaddingModes mode, (int O, int Y, int X) at)
    {
        var (perIn, perOut) = (In / Groups, Out / Groups);
        var sum = 0.0;
        for (var tap = 0; tap < perIn * Kernel.H * Kernel.W; tap++)
        {
            var (c, ky, kx) = (tap / (Kernel.H * Kernel.W), tap / Kernel.W % Kernel.H, tap % Kernel.W);
            var row = Inside((at.Y * Stride.H) - Padding.H + (ky * Dilation.H), size.H, mode);
            var column = Inside((at.X * Stride.W) - Padding.W + (kx * Dilation.W), size.W, mode);
            if (row >= 0 && column >= 0)
            {
                var channel = (at.O / perOut * perIn) + c;
                sum += x[(((channel * size.H) + row) * size.W) + column] * weight[(at.O * perIn * Kernel.H * Kernel.W) + tap];
            }
        }

        return sum;
    }

    // Which element of the image a coordinate outside of it stands for; -1 for a zero.
    private static int Inside(int i, int n, PaddingModes mode) => i >= 0 && i < n ? i : mode switch
    {
        PaddingModes.Reflect => i < 0 ? -i : (2 * (n - 1)) - i,
        PaddingModes.Replicate => i < 0 ? 0 : n - 1,
        PaddingModes.Circular => (i + n) % n,
        _ => -1,
    };
}
