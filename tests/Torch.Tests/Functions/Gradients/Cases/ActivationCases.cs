using static Dfx.Torch.Tests.Functions.Gradients.Inputs;
using static Dfx.Torch.torch;
using F = Dfx.Torch.torch.nn.functional;

namespace Dfx.Torch.Tests.Functions.Gradients.Cases;

internal static class ActivationCases
{
    internal static void AddTo(CaseTable t)
    {
        t.Of("linear", Normal(2, 2, 3), Normal(4, 3), (x, w) => F.linear(x, w));
        t.Of("linear: bias", Normal(2, 3), Normal(4, 3), Normal(4), (x, w, b) => F.linear(x, w, b));
        t.Of("silu", Normal(2, 3), x => F.silu(x), x => F.silu(x.clone(), true));
        t.Of("relu", AwayFromZero(2, 3), x => F.relu(x), x => F.relu(x.clone(), true));
        t.Of("tanh", Normal(2, 3), x => F.tanh(x), x => F.tanh(x.clone(), true));
        t.Of("gelu", Normal(2, 3), x => F.gelu(x));
        t.Of("sigmoid", Normal(2, 3), x => F.sigmoid(x));
        t.Of("softplus", Normal(2, 3), x => F.softplus(x), x => F.softplus(x, 3, 40));
        t.Of("leaky_relu", AwayFromZero(2, 3), x => F.leaky_relu(x), x => F.leaky_relu(x, 0.2));
        t.Of("elu", AwayFromZero(2, 3), x => F.elu(x, 1), x => F.elu(x, 0.5));
        t.Of("dropout: not training", Normal(2, 3), x => F.dropout(x, 0.5, false));
        t.Of("dropout: the same draws every time", Normal(4, 5), x =>
        {
            manual_seed(3);
            return F.dropout(x, 0.4);
        });
    }
}
