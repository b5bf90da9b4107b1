using System.Runtime.InteropServices;
using static Dfx.Torch.torch;
using F = Dfx.Torch.torch.nn.functional;

namespace Dfx.Torch.Tests.Functions.Errors;

/// <summary>Mistakes end in an exception of one line that names the operation and the shapes it was given.</summary>
public sealed class ErrorTests : TensorTests
{
    private static readonly (string Message, Action Mistake)[] s_mistakes =
    [
        ("add(Float[2], Float[3])", () => _ = zeros(2) + zeros(3)),
        ("mul_(Float[2], Float[3])", () => zeros(2).mul_(zeros(3))),
        ("add_(Long[2], Double[])", () => zeros(2, int64).add_(tensor(1.5))),
        ("matmul(Float[2, 3], Float[2, 3])", () => zeros(2, 3).matmul(zeros(2, 3))),
        ("matmul(Float[2, 3], Double[3, 2])", () => zeros(2, 3).matmul(zeros(3, 2, float64))),
        ("einsum(Float[2, 3], Float[4, 2])", () => einsum("ij,jk->ik", zeros(2, 3), zeros(4, 2))),
        ("view(Float[2, 3])", () => zeros(2, 3).view(4)),
        ("view(Float[3, 2])", () => zeros(2, 3).t().view(6)),
        ("reshape(Float[2, 3])", () => zeros(2, 3).reshape(-1, 4)),
        ("expand(Float[2, 3])", () => zeros(2, 3).expand(4, 3)),
        ("permute(Float[2, 3])", () => zeros(2, 3).permute(0, 0)),
        ("cat(Float[2, 3], Float[2, 4])", () => cat([zeros(2, 3), zeros(2, 4)])),
        ("stack(Float[2], Float[3])", () => stack([zeros(2), zeros(3)])),
        ("cat(): ", () => cat([])),
        ("sum(Float[2, 3])", () => zeros(2, 3).sum(2)),
        ("mean(Long[2])", () => zeros(2, int64).mean()),
        ("max(Float[0])", () => zeros(0).max()),
        ("index(Float[2, 3])", () => _ = zeros(2, 3)[2]),
        ("index(Float[2, 3])", () => _ = zeros(2, 3)[0, 0, 0]),
        ("index_put(Float[2, 3], Float[4])", () => zeros(2, 3)[0] = zeros(4)),
        ("select(Float[2, 3])", () => zeros(2, 3).select(1, 3)),
        ("narrow(Float[2, 3])", () => zeros(2, 3).narrow(1, 2, 2)),
        ("gather(Float[2, 3], Long[2])", () => zeros(2, 3).gather(1, zeros(2, int64))),
        ("gather(Float[2, 3], Float[2, 1])", () => zeros(2, 3).gather(1, zeros(2, 1))),
        ("index_select(Float[2], Long[1])", () => zeros(2).index_select(0, tensor([5L]))),
        ("where(Bool[2], Float[3], Float[3])", () => where(zeros(2, ScalarType.Bool), zeros(3), zeros(3))),
        ("clamp(Float[2])", () => zeros(2).clamp((Scalar?)null, null)),
        ("conv2d(Float[1, 3, 4, 4], Float[2, 2, 3, 3], none)", () => F.conv2d(zeros(1, 3, 4, 4), zeros(2, 2, 3, 3))),
        ("group_norm(Float[1, 3, 4], none, none)", () => F.group_norm(zeros(1, 3, 4), 2)),
        ("linear(Float[2, 3], Float[4, 2], Float[4])", () => F.linear(zeros(2, 3), zeros(4, 2), zeros(4))),
        ("interpolate(Float[2, 3, 3])", () => F.interpolate(zeros(2, 3, 3), [2, 2])),
        ("pad(Float[2, 3])", () => F.pad(zeros(2, 3), [3, 3], PaddingModes.Reflect)),
        ("cross_entropy(Float[2, 3], Long[2], none)", () => F.cross_entropy(zeros(2, 3), tensor([0L, 3]))),
        ("cholesky(Float[2, 2])", () => linalg.cholesky(-eye(2))),
        ("linalg_inv(Float[2, 2])", () => linalg.inv(zeros(2, 2))),
        ("solve(Float[2, 2], Float[2])", () => linalg.solve(zeros(2, 2), zeros(2))),
        ("svd(Long[2, 2])", () => linalg.svd(zeros(2, 2, int64))),
        ("fft(Float[3])", () => fft.fft_(zeros(3), dim: 1)),
        ("bitwise_and(Float[2], Float[2])", () => _ = zeros(2) & zeros(2)),
        ("one_hot(Float[2])", () => F.one_hot(zeros(2))),
        ("topk(Float[2])", () => zeros(2).topk(3)),
        ("multinomial(Float[2])", () => multinomial(zeros(2) - 1, 1)),
        ("item(Float[2])", () => zeros(2).ToDouble()),
        ("tensor(): ", () => tensor([1.0, 2, 3], [2, 2])),
        ("full(): ", () => zeros(-1)),
        ("backward(Float[2])", () => zeros(2, requires_grad: true).mul(2).backward()),
        ("grad(Float[])", () => autograd.grad([zeros(2, requires_grad: true).sum()], [zeros(2, requires_grad: true)])),
        ("requires_grad(Long[2])", () => zeros(2, int64).requires_grad = true),
    ];

    [TestCaseSource(nameof(Cases))]
    public void A_mistake_is_told_in_one_line_with_operation_and_shapes(int index)
    {
        var (message, mistake) = s_mistakes[index];
        var error = Assert.Catch<ExternalException>(() => mistake())!;
        Assert.That(error.Message, Does.StartWith(message));
        Assert.That(error.Message, Does.Not.Contain("\n"));
        Assert.That(error.Message, Has.Length.GreaterThan(message.Length + 10).And.Length.LessThan(500));
    }

    [Test]
    public void An_error_leaves_nothing_behind()
    {
        Assert.Catch<ExternalException>(() => zeros(2).view(3));
        Assert.That(zeros(2).grad, Is.Null);
        Close(zeros(2) + 1, [1, 1]);
    }

    private static IEnumerable<TestCaseData> Cases() =>
        s_mistakes.Select((m, i) => new TestCaseData(i).SetName($"Mistake {i + 1} is told: {m.Message}"));
}
