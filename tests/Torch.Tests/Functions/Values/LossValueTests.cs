using static Dfx.Torch.torch;
using F = Dfx.Torch.torch.nn.functional;

namespace Dfx.Torch.Tests.Functions.Values;

public sealed class LossValueTests : TensorTests
{
    private static Tensor Guess => tensor([1.0, 3, -2]);

    private static Tensor Truth => tensor([1.5, 0, -2]);

    [Test]
    public void Reductions()
    {
        Close(F.mse_loss(Guess, Truth, nn.Reduction.None), [0.25, 9, 0]);
        Close(F.mse_loss(Guess, Truth, nn.Reduction.Sum), [9.25]);
        Close(F.mse_loss(Guess, Truth), [9.25 / 3]);
    }

    [Test]
    public void Absolute_and_huber_losses()
    {
        Close(F.l1_loss(Guess, Truth, nn.Reduction.None), [0.5, 3, 0]);
        Close(F.smooth_l1_loss(Guess, Truth, nn.Reduction.None, 2), [0.0625, 2, 0]);
        Close(F.huber_loss(Guess, Truth, 2, nn.Reduction.None), [0.125, 4, 0]);
    }

    [Test]
    public void Cross_entropy_of_class_indices()
    {
        var x = Normal(4, 3);
        var classes = tensor([0L, 2, 1, 2]);
        var log = x.log_softmax(1).data<double>();
        double[] each = [-log[0, 0], -log[1, 2], -log[2, 1], -log[3, 2]];
        Close(F.cross_entropy(x, classes, reduction: nn.Reduction.None), each);
        Close(F.cross_entropy(x, classes), [each.Average()]);
        Close(F.cross_entropy(x, classes, ignore_index: 2), [(each[0] + each[2]) / 2]);
        double[] weights = [1, 2, 5];
        Close(F.cross_entropy(x, classes, tensor(weights)), [(each[0] + (5 * each[1]) + (2 * each[2]) + (5 * each[3])) / 13]);
    }

    [Test]
    public void Label_smoothing_is_a_mixture_with_uniform_probabilities()
    {
        var x = Normal(4, 3);
        var classes = tensor([0L, 2, 1, 2]);
        var mixed = (F.one_hot(classes, 3) * 0.9) + (0.1 / 3);
        Close(F.cross_entropy(x, classes, label_smoothing: 0.1), F.cross_entropy(x, mixed.to(float64)), 1e-7);
    }

    [Test]
    public void Binary_cross_entropy_of_logits()
    {
        var (x, p) = (tensor([0.3, -1.2]), tensor([0.2, 0.9]));
        var s = x.sigmoid();
        var expected = -((p * s.log()) + ((1 - p) * (1 - s).log()));
        Close(F.binary_cross_entropy_with_logits(x, p, reduction: nn.Reduction.None), expected);
        var weighted = -((3 * p * s.log()) + ((1 - p) * (1 - s).log())) * 0.5;
        Close(F.binary_cross_entropy_with_logits(x, p, tensor(0.5), nn.Reduction.None, tensor(3.0)), weighted);
    }
}
