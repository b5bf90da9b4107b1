using static Dfx.Torch.Tests.Functions.Gradients.Inputs;
using F = Dfx.Torch.torch.nn.functional;

namespace Dfx.Torch.Tests.Functions.Gradients.Cases;

internal static class ConvolutionCases
{
    internal static void AddTo(CaseTable t)
    {
        t.Of("conv1d", Normal(2, 2, 5), Normal(3, 2, 3), Normal(3), (x, w, b) => F.conv1d(x, w, b));
        t.Of("conv1d: stride, padding, dilation, groups", Normal(2, 2, 6), Normal(4, 1, 2), (x, w) => F.conv1d(x, w, null, 2, 1, 2, 2));
        t.Of("conv2d", Normal(2, 2, 4, 3), Normal(3, 2, 3, 2), Normal(3), (x, w, b) => F.conv2d(x, w, b));
        t.Of("conv2d: 1 x 1", Normal(2, 3, 2, 2), Normal(2, 3, 1, 1), Normal(2), (x, w, b) => F.conv2d(x, w, b));
        t.Of("conv2d: stride and padding", Normal(1, 2, 5, 4), Normal(2, 2, 3, 3), (x, w) => F.conv2d(x, w, null, [2, 1], [1, 2]));
        t.Of("conv2d: dilation", Normal(1, 2, 5, 5), Normal(2, 2, 2, 2), (x, w) => F.conv2d(x, w, dilation: [2, 3]));
        t.Of("conv2d: groups", Normal(1, 4, 3, 3), Normal(4, 2, 2, 2), Normal(4), (x, w, b) => F.conv2d(x, w, b, groups: 2));
        t.Of("conv2d: depthwise", Normal(1, 3, 4, 4), Normal(3, 1, 3, 3), (x, w) => F.conv2d(x, w, padding: [1, 1], groups: 3));
        t.Of("conv_transpose2d", Normal(2, 2, 3, 2), Normal(2, 3, 2, 2), Normal(3), (x, w, b) => F.conv_transpose2d(x, w, b));
        t.Of("conv_transpose2d: stride, padding, output padding", Normal(1, 2, 3, 3), Normal(2, 2, 3, 3),
            (x, w) => F.conv_transpose2d(x, w, null, [2, 2], [1, 1], [1, 0]));
        t.Of("conv_transpose2d: dilation, groups", Normal(1, 4, 2, 2), Normal(4, 1, 2, 2),
            (x, w) => F.conv_transpose2d(x, w, dilation: [2, 1], groups: 2));
    }
}
