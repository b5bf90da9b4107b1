using static Dfx.Torch.torch;
using F = Dfx.Torch.torch.nn.functional;

namespace Dfx.Torch.Tests.Functions.Values;

public sealed class NormalizationTests : TensorTests
{
    [Test]
    public void Groups_have_mean_zero_and_variance_one()
    {
        var y = F.group_norm((Normal(3, 6, 5, 4) * 4) + 2, 2, eps: 0).view(6, -1);
        Close(y.mean([1]), zeros(6, float64));
        Close(y.var([1], false), ones(6, float64));
    }

    [Test]
    public void Groups_are_scaled_and_shifted_by_channel()
    {
        var (x, w, b) = (Normal(2, 4, 3), Normal(4), Normal(4));
        var grouped = x.view(2, 2, 6);
        var centred = grouped - grouped.mean([2], true);
        var expected = (centred / (centred.square().mean([2], true) + 1e-3).sqrt()).view(2, 4, 3);
        Close(F.group_norm(x, 2, w, b, 1e-3), (expected * w.unsqueeze(1)) + b.unsqueeze(1));
    }

    [Test]
    public void Layers_are_normalised_over_the_trailing_dimensions()
    {
        var (x, w, b) = (Normal(2, 3, 4), Normal(3, 4), Normal(3, 4));
        var centred = x - x.mean([1, 2], true);
        Close(F.layer_norm(x, [3, 4], w, b, 1e-3), (centred / (centred.square().mean([1, 2], true) + 1e-3).sqrt() * w) + b);
    }

    [Test]
    public void Batches_are_normalised_by_channel_in_training_and_tracked()
    {
        var x = (Normal(5, 2, 3, 3) * 2) + 1;
        var (mean, variance) = (zeros(2, float64), ones(2, float64));
        var y = F.batch_norm(x, mean, variance, training: true, momentum: 0.25, eps: 0);
        Close(y.mean([0, 2, 3]), [0, 0]);
        Close(y.var([0, 2, 3], false), [1, 1]);
        Close(mean, x.mean([0, 2, 3]) * 0.25);
        Close(variance, (x.var([0, 2, 3]) * 0.25) + 0.75);
    }

    [Test]
    public void Batches_are_normalised_by_running_statistics_otherwise()
    {
        var x = Normal(2, 2, 3);
        var (mean, variance, w, b) = (tensor([1.0, -1]), tensor([4.0, 0.25]), tensor([2.0, 3]), tensor([0.5, 0]));
        var expected = ((x - mean.unsqueeze(1)) / variance.unsqueeze(1).sqrt() * w.unsqueeze(1)) + b.unsqueeze(1);
        Close(F.batch_norm(x, mean, variance, w, b, eps: 0), expected);
    }
}
