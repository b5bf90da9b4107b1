using Dfx.Numerics.Noise;

namespace Dfx.SoftDiffusion.Tests.Scheduling;

/// <summary>Images in [0, 1] whose neighbours are alike: sums of few waves with random amplitudes.</summary>
internal static class SmoothImages
{
    /// <summary>New float32 images [count, channels, height, width].</summary>
    internal static torch.Tensor Of(int count, int channels, int height, int width)
    {
        using var scope = torch.NewDisposeScope();
        var amplitudes = new float[count * channels * 16];
        NoiseSource.Normals(NoiseKey.For(3, "smooth-images"), 0, 0, amplitudes);
        var waves = Waves(height).unsqueeze(0).unsqueeze(-1) * Waves(width).unsqueeze(1).unsqueeze(2);
        var sums = torch.tensor(amplitudes, [count, channels, 16]).matmul(waves.reshape(16, height * width));
        return scope.MoveToOuter((sums * 0.25).sigmoid().view(count, channels, height, width));
    }

    // [4, size]
    private static torch.Tensor Waves(int size) =>
        ((torch.arange(4, torch.float32).unsqueeze(1) * (torch.arange(size, torch.float32) + 0.5)) * (float)(Math.PI / size)).cos();
}
