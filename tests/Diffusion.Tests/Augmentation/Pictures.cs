using Dfx.Numerics.Noise;

namespace Dfx.Diffusion.Tests.Augmentation;

/// <summary>Images to augment.</summary>
internal static class Pictures
{
    /// <summary>Normal noise: every pixel is its own.</summary>
    internal static torch.Tensor Rough(int count, int channels, int height, int width)
    {
        var values = new float[count * channels * height * width];
        NoiseSource.Normals(NoiseKey.For(7, "pictures"), 0, 0, values);
        return torch.tensor(values).view(count, channels, height, width);
    }

    /// <summary>A bump of a wave that has died away before the edge: [1, 1, size, size].</summary>
    internal static torch.Tensor Smooth(int size)
    {
        var place = torch.arange(size, torch.ScalarType.Float64) - ((size - 1) / 2.0);
        var (x, y) = (place.view(1, 1, 1, -1), place.view(1, 1, -1, 1));
        return ((x * 0.3 + y * 0.2 + 1).sin() * (-(x.square() + y.square()) / (size * size / 40.0)).exp()).@float();
    }
}
