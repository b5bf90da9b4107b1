using static Dfx.Torch.Tests.Functions.Gradients.Inputs;
using static Dfx.Torch.torch;
using F = Dfx.Torch.torch.nn.functional;

namespace Dfx.Torch.Tests.Functions.Gradients.Cases;

internal static class LossCases
{
    internal static void AddTo(CaseTable t)
    {
        Differences(t);
        Classes(t);
        Probabilities(t);
    }

    private static void Differences(CaseTable t)
    {
        t.Of("mse_loss", Normal(2, 3), Normal(2, 3),
            (x, y) => F.mse_loss(x, y), (x, y) => F.mse_loss(x, y, nn.Reduction.Sum), (x, y) => F.mse_loss(x, y, nn.Reduction.None));
        t.Of("l1_loss", Distinct(2, 3), Distinct(0.12, 2, 3),
            (x, y) => F.l1_loss(x, y), (x, y) => F.l1_loss(x, y, nn.Reduction.Sum), (x, y) => F.l1_loss(x, y, nn.Reduction.None));
        t.Of("smooth_l1_loss", Distinct(2, 3), Distinct(0.12, 2, 3),
            (x, y) => F.smooth_l1_loss(x, y), (x, y) => F.smooth_l1_loss(x, y, nn.Reduction.None, 0.3));
        t.Of("huber_loss", Distinct(2, 3), Distinct(0.12, 2, 3),
            (x, y) => F.huber_loss(x, y), (x, y) => F.huber_loss(x, y, 0.3, nn.Reduction.Sum));
    }

    private static void Classes(CaseTable t)
    {
        t.Of("cross_entropy", Normal(3, 4),
            x => F.cross_entropy(x, Longs(1, 3, 0)), x => F.cross_entropy(x, Longs(1, 3, 0), reduction: nn.Reduction.None));
        t.Of("cross_entropy: weights, ignored, smoothed", Normal(3, 4),
            x => F.cross_entropy(x, Longs(1, 2, 0), tensor([1.0, 2, 0.5, 1]), 2, nn.Reduction.Mean, 0.1));
        t.Of("cross_entropy: pixels", Normal(1, 3, 2),
            x => F.cross_entropy(x, Longs(new long[,] { { 2, 0 } }), reduction: nn.Reduction.Sum));
        t.Of("cross_entropy: probabilities", Normal(3, 4), Normal(3, 4), (x, y) => F.cross_entropy(x, y.softmax(1)));
    }

    private static void Probabilities(CaseTable t)
    {
        t.Of("binary_cross_entropy_with_logits", Normal(3, 2), Between(0.1, 0.9, 3, 2),
            (x, y) => F.binary_cross_entropy_with_logits(x, y),
            (x, y) => F.binary_cross_entropy_with_logits(x, y, reduction: nn.Reduction.None));
        t.Of("binary_cross_entropy_with_logits: weights", Normal(3, 2), Between(0.1, 0.9, 3, 2),
            (x, y) => F.binary_cross_entropy_with_logits(x, y, tensor([0.5, 2.0]), nn.Reduction.Sum, tensor([3.0, 1.0])));
    }
}
