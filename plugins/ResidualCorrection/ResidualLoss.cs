using Dfx.ResidualCorrection.Pairs;

namespace Dfx.ResidualCorrection;

/// <summary>
/// The loss of a correction function (Zhang et al. 2024, section 4.3): lambda(b) d(f(y_b), x0) + beta d(f(x0+), x0), where x0+ is a disturbed clean image, so that f leaves clean
/// images alone.
/// </summary>
internal sealed class ResidualLoss
{
    private const int Patch = 4;
    private const double HiddenShare = 0.1;
    private const double SmallestNoise = 0.002;
    private const double LargestNoise = 0.05;

    private readonly ResidualOptions _options;
    private readonly IPairSupply _pairs;
    private readonly double[] _weights;
    private readonly FunctionShape _shape;
    private readonly ImageDistance _distance;

    internal ResidualLoss(ResidualOptions options, IPairSupply pairs, ImageDistance distance)
    {
        (_options, _pairs, _shape, _distance) = (options, pairs, options.Shape, distance);
        _weights = PairWeights.Of(options.Weighting, pairs.Grid, pairs.Law, options.Normalise);
    }

    /// <summary>The loss of every pair: a new tensor [N].</summary>
    internal torch.Tensor Of(UNet network, TrainingBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        var pairs = _pairs.Of(batch);
        var lambda = torch.tensor(Array.ConvertAll(pairs.Stops, b => (float)_weights[b])).to(pairs.Clean.device);
        if (_options.Beta == 0)
        {
            return scope.MoveToOuter(lambda * _distance.Between(_shape.Apply(network, pairs.State), pairs.Clean));
        }

        var made = _shape.Apply(network, torch.cat([pairs.State, Disturbed(_options, pairs.Clean, batch)])).chunk(2);
        return scope.MoveToOuter((lambda * _distance.Between(made[0], pairs.Clean)) + (_distance.Between(made[1], pairs.Clean) * _options.Beta));
    }

    /// <summary>x0+: each operation is done to every second image, about. A new tensor.</summary>
    internal static torch.Tensor Disturbed(ResidualOptions options, torch.Tensor clean, TrainingBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        var image = options.Augmentation == AugmentationTarget.Literal ? Moved(options, clean, batch) : clean.clone();
        var choice = batch.Noise("clean/choice").Uniform(batch.Step, batch.Count, 3);
        image = options.Noise ? Noisy(image, choice, batch) : image;
        return scope.MoveToOuter(options.Mask ? Hidden(image, choice, batch) : image);
    }

    private static torch.Tensor Moved(ResidualOptions options, torch.Tensor clean, TrainingBatch batch) =>
        new Geometry(options.Rotate, options.Crop).Apply(clean, batch.Noise("clean/geometry").Uniform(batch.Step, batch.Count, Geometry.Numbers));

    // A standard deviation that is uniform in its logarithm.
    private static torch.Tensor Noisy(torch.Tensor image, torch.Tensor choice, TrainingBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        var deviation = (choice.select(1, 1) * Math.Log(LargestNoise / SmallestNoise)).exp() * SmallestNoise * choice.select(1, 0).lt(0.5);
        return scope.MoveToOuter(image + (batch.Noise("clean/noise").Normal(batch.Step, image.shape) * Denoising.Rows(deviation, image)));
    }

    private static torch.Tensor Hidden(torch.Tensor image, torch.Tensor choice, TrainingBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        var (height, width) = (image.shape[2], image.shape[3]);
        var (down, across) = ((height + Patch - 1) / Patch, (width + Patch - 1) / Patch);
        var order = batch.Noise("clean/patches").Uniform(batch.Step, image.shape[0], down * across).argsort(1).argsort(1);
        var hidden = order.lt(Math.Max(1, (long)Math.Round(HiddenShare * down * across))).logical_and(choice.select(1, 2).lt(0.5).unsqueeze(1));
        var pixels = hidden.view(-1, 1, down, across).repeat_interleave(Patch, 2).repeat_interleave(Patch, 3).narrow(2, 0, height).narrow(3, 0, width);
        return scope.MoveToOuter(image * pixels.logical_not());
    }
}
