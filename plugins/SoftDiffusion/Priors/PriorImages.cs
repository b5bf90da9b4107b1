namespace Dfx.SoftDiffusion;

/// <summary>The training images that priors are fitted to: the first of a fixed random order, whatever the run's seed.</summary>
internal static class PriorImages
{
    private const int Most = 4096;
    private const int Chunk = 256;

    /// <summary>Coefficients of the blurred images: [n, C m n], float64.</summary>
    internal static torch.Tensor Of(IDataSource data, BlurModes modes) =>
        torch.cat([.. FixedOrder.First(data, "prior-images", Most).Chunk(Chunk).Select(chunk => Read(data, chunk, modes))]);

    private static torch.Tensor Read(IDataSource data, int[] chunk, BlurModes modes)
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(modes.Coefficients(data.Read(Split.Train, chunk).@double().add_(1).div_(2)));
    }
}
