using static Dfx.Torch.Tests.Functions.Gradients.Inputs;
using static Dfx.Torch.torch;
using F = Dfx.Torch.torch.nn.functional;

namespace Dfx.Torch.Tests.Functions.Gradients.Cases;

internal static class NormCases
{
    internal static void AddTo(CaseTable t)
    {
        t.Of("group_norm", Normal(2, 4, 2, 2), x => F.group_norm(x, 2));
        t.Of("group_norm: weight and bias", Normal(2, 4, 3), Normal(4), Normal(4), (x, w, b) => F.group_norm(x, 2, w, b, 1e-3));
        t.Of("layer_norm", Normal(2, 3, 2), x => F.layer_norm(x, [3, 2]));
        t.Of("layer_norm: weight and bias", Normal(3, 4), Normal(4), Normal(4), (x, w, b) => F.layer_norm(x, [4], w, b, 1e-3));
        t.Of("batch_norm: training", Normal(3, 2, 2, 2), Normal(2), Normal(2),
            (x, w, b) => F.batch_norm(x, null, null, w, b, true),
            (x, w, b) => F.batch_norm(x, zeros(2, float64), ones(2, float64), w, b, true));
        t.Of("batch_norm: running statistics", Normal(3, 2, 2, 2), Normal(2), Normal(2),
            (x, w, b) => F.batch_norm(x, tensor([0.5, -1.0]), tensor([2.0, 0.25]), w, b));
    }
}
