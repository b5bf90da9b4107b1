namespace Dfx.SoftDiffusion;

/// <summary>
/// A training image, drawn by the sample's own random numbers, corrupted as in training: the distribution that the network has seen. Of an image that
/// a mask hides altogether black is left, and no image is read.
/// </summary>
/// <param name="corruption">Corruption and noise.</param>
/// <param name="data">The training images.</param>
internal sealed class EmpiricalPrior(SoftCorruption corruption, IDataSource data) : IPrior
{
    public torch.Tensor Draw(double t, SampleNoise noise)
    {
        using var scope = torch.NewDisposeScope();
        var normal = noise.Normal();
        return scope.MoveToOuter(normal.mul_(corruption.Sigma(t)).add_(Corrupted(t, noise)));
    }

    public void Dispose()
    {
    }

    private torch.Tensor Corrupted(double t, SampleNoise noise)
    {
        if (corruption.Operator is Masking masking && masking.Norm(corruption.Schedule.Level(t)) == 0)
        {
            return torch.tensor(-1.0, noise.Dtype, noise.Device);
        }

        var images = data.Read(Split.Train, noise.Integers(data.Count(Split.Train))).to(noise.Dtype, noise.Device);
        return corruption.Apply(images, torch.full([noise.Count], t, torch.ScalarType.Float64, noise.Device));
    }
}
