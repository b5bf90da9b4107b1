namespace Dfx.Compensation.Analyses;

/// <summary>Images that no training saw, if the data have such, and noise for them.</summary>
internal static class TestImages
{
    /// <summary>Test images in a random order: a new float32 tensor [N, C, H, W] on the run's device.</summary>
    /// <param name="model">Data, device and seed.</param>
    /// <param name="purpose">What the random numbers are for.</param>
    /// <param name="count">How many, at most all.</param>
    internal static torch.Tensor Read(ModelContext model, string purpose, int count)
    {
        var (data, split) = (model.Data, model.Data.Count(Split.Test) > 0 ? Split.Test : Split.Train);
        var which = model.Noise(purpose).Permutation(0, data.Count(split)).AsSpan(0, Math.Min(count, data.Count(split)));
        using var images = data.Read(split, which);
        return images.to(torch.ScalarType.Float32, model.Device, copy: true);
    }
}
