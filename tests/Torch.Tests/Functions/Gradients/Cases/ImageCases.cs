using static Dfx.Torch.Tests.Functions.Gradients.Inputs;
using static Dfx.Torch.torch;
using F = Dfx.Torch.torch.nn.functional;

namespace Dfx.Torch.Tests.Functions.Gradients.Cases;

internal static class ImageCases
{
    internal static void AddTo(CaseTable t)
    {
        Pooled(t);
        Padded(t);
        Resized(t);
        Reduced(t);
        Rearranged(t);
    }

    private static void Pooled(CaseTable t)
    {
        t.Of("avg_pool2d", Normal(1, 2, 4, 4),
            x => F.avg_pool2d(x, 2), x => F.avg_pool2d(x, 3, 2, 1), x => F.avg_pool2d(x, [2, 3], [1, 2], [1, 1], true, false),
            x => F.avg_pool2d(x, 2, divisor_override: 3));
        t.Of("max_pool2d", Distinct(1, 2, 4, 4),
            x => F.max_pool2d(x, 2), x => F.max_pool2d(x, 3, 1, 1), x => F.max_pool2d(x, [2, 2], [1, 2], [1, 0], [2, 1], true));
        t.Of("adaptive_avg_pool2d", Normal(1, 2, 5, 4), x => F.adaptive_avg_pool2d(x, 2), x => F.adaptive_avg_pool2d(x, [3, 1]));
    }

    private static void Padded(CaseTable t)
    {
        t.Of("pad: constant", Normal(1, 1, 3, 3),
            x => F.pad(x, [1, 2, 0, 1]), x => F.pad(x, [1, -1], PaddingModes.Constant, 3), x => F.pad(x, [2, 0], PaddingModes.Zeros));
        t.Of("pad: reflect", Normal(1, 1, 3, 3), x => F.pad(x, [1, 2, 2, 0], PaddingModes.Reflect));
        t.Of("pad: replicate", Normal(1, 1, 3, 3), x => F.pad(x, [1, 2, 4, 0], PaddingModes.Replicate));
        t.Of("pad: circular", Normal(1, 1, 3, 3), x => F.pad(x, [1, 2, 3, 0], PaddingModes.Circular));
    }

    private static void Resized(CaseTable t)
    {
        t.Of("interpolate: nearest", Normal(1, 2, 3, 4), x => F.interpolate(x, [5, 2]), x => F.interpolate(x, null, [2.0]));
        t.Of("interpolate: bilinear", Normal(1, 2, 3, 4),
            x => F.interpolate(x, [5, 3], mode: InterpolationMode.Bilinear),
            x => F.interpolate(x, [5, 3], mode: InterpolationMode.Bilinear, align_corners: true));
        t.Of("interpolate: bicubic", Normal(1, 1, 4, 4),
            x => F.interpolate(x, [6, 3], mode: InterpolationMode.Bicubic),
            x => F.interpolate(x, [6, 3], mode: InterpolationMode.Bicubic, align_corners: true));
        t.Of("interpolate: by factors", Normal(1, 1, 4, 4),
            x => F.interpolate(x, null, [1.6, 0.8], InterpolationMode.Bilinear),
            x => F.interpolate(x, null, [1.6, 0.8], InterpolationMode.Bilinear, recompute_scale_factor: true));
        t.Of("interpolate: area", Normal(1, 2, 5, 4), x => F.interpolate(x, [2, 3], mode: InterpolationMode.Area));
    }

    private static void Reduced(CaseTable t)
    {
        t.Of("interpolate: bilinear with antialias", Normal(1, 2, 5, 4),
            x => F.interpolate(x, [2, 3], mode: InterpolationMode.Bilinear, antialias: true),
            x => F.interpolate(x, [7, 4], mode: InterpolationMode.Bilinear, antialias: true));
        t.Of("interpolate: bicubic with antialias", Normal(1, 2, 5, 4),
            x => F.interpolate(x, [2, 3], mode: InterpolationMode.Bicubic, antialias: true),
            x => F.interpolate(x, null, [0.5, 0.75], InterpolationMode.Bicubic, antialias: true));
    }

    private static void Rearranged(CaseTable t)
    {
        t.Of("unfold", Normal(1, 2, 4, 4), x => F.unfold(x, 2), x => F.unfold(x, 2, 2, 1, 2));
        t.Of("pixel_shuffle", Normal(1, 4, 2, 2), x => F.pixel_shuffle(x, 2));
        t.Of("pixel_unshuffle", Normal(1, 1, 4, 4), x => F.pixel_unshuffle(x, 2));
    }
}
