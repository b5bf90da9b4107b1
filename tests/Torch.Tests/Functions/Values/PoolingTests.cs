using static Dfx.Torch.torch;
using F = Dfx.Torch.torch.nn.functional;

namespace Dfx.Torch.Tests.Functions.Values;

public sealed class PoolingTests : TensorTests
{
    private static Tensor Square => arange(16, float64).view(1, 1, 4, 4);

    [Test]
    public void Windows_are_averaged()
    {
        Close(F.avg_pool2d(Square, 2), [2.5, 4.5, 10.5, 12.5]);
        Close(F.avg_pool2d(Square, [1, 4]), [1.5, 5.5, 9.5, 13.5]);
        Close(F.avg_pool2d(Square, 2, divisor_override: 1), [10, 18, 42, 50]);
    }

    [Test]
    public void Padding_counts_unless_told_otherwise()
    {
        Close(F.avg_pool2d(Square, 2, 2, 1)[0, 0, 0], [0, 0.75, 0.75]);
        Close(F.avg_pool2d(Square, 2, 2, 1, false, false)[0, 0, 0], [0, 1.5, 3]);
    }

    [Test]
    public void The_largest_of_windows()
    {
        Close(F.max_pool2d(Square, 2), [5, 7, 13, 15]);
        Close(F.max_pool2d(Square, 2, 1, 0, 2), [10, 11, 14, 15]);
        Close(F.max_pool2d(-Square, 3, 2, 1), [0, -1, -4, -5]);
        Assert.That((F.max_pool2d(Square, 3).shape[2], F.max_pool2d(Square, 3, ceil_mode: true).shape[2]), Is.EqualTo((1L, 2L)));
    }

    [Test]
    public void Adaptive_windows_cover_the_image()
    {
        Close(F.adaptive_avg_pool2d(Square, 2), F.avg_pool2d(Square, 2));
        Close(F.adaptive_avg_pool2d(Square, [1, 3]), [6.5, 7.5, 8.5]);
    }

    [Test]
    public void Channels_become_pixels_and_back()
    {
        var x = arange(8, float64).view(1, 4, 1, 2);
        Close(F.pixel_shuffle(x, 2), [0, 2, 1, 3, 4, 6, 5, 7]);
        Close(F.pixel_unshuffle(F.pixel_shuffle(x, 2), 2), x);
    }
}
