using static Dfx.Torch.Tests.Functions.Gradients.Inputs;
using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Gradients.Cases;

internal static class ConversionCases
{
    internal static void AddTo(CaseTable t)
    {
        t.Of("to", Normal(2, 3), x => x.to(float64, true), x => x.to(CPU, true), x => x.to(float64, CPU), x => x.to(zeros(1, float64)));
        t.Of("to_type", Normal(2, 3), x => x.to_type(float64, true));
        t.Of("type_as", Normal(2, 3), x => x.type_as(zeros(1, float64)));
        t.Of("cpu", Normal(2, 3), x => x.cpu());
        t.Of("double", Normal(2, 3), x => x.@double());
    }
}
