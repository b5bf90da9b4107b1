using static Dfx.Torch.Tests.Functions.Gradients.Inputs;
using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Gradients.Cases;

internal static class ShapeCases
{
    internal static void AddTo(CaseTable t)
    {
        Reshaped(t);
        Reordered(t);
        Repeated(t);
        Parts(t);
        Joined(t);
        Triangles(t);
    }

    private static void Reshaped(CaseTable t)
    {
        t.Of("view", Normal(2, 6), x => x.view(3, -1));
        t.Of("reshape", Normal(2, 6), x => x.t().reshape(4, 3));
        t.Of("view_as", Normal(2, 6), x => x.view_as(zeros(3, 4)));
        t.Of("squeeze", Normal(2, 1, 3), x => x.squeeze(), x => torch.squeeze(x, 1));
        t.Of("unsqueeze", Normal(2, 3), x => x.unsqueeze(1), x => torch.unsqueeze(x, -1));
        t.Of("flatten", Normal(2, 3, 2), x => x.flatten(), x => x.flatten(1));
        t.Of("unflatten", Normal(2, 6), x => x.unflatten(1, 2, 3), x => x.unflatten(-1, 3, -1));
        t.Of("contiguous", Normal(2, 3), x => x.t().contiguous());
        t.Of("clone", Normal(2, 3), x => x.clone());
        t.Of("alias", Normal(2, 3), x => x.alias());
    }

    private static void Reordered(CaseTable t)
    {
        t.Of("permute", Normal(2, 3, 2), x => x.permute(2, 0, 1));
        t.Of("transpose", Normal(2, 3, 2), x => x.transpose(0, -1));
        t.Of("t", Normal(2, 3), x => x.t());
        t.Of("mT", Normal(2, 3, 2), x => x.mT);
        t.Of("movedim", Normal(2, 3, 4), x => x.movedim([0, 1], [2, 0]), x => torch.movedim(x, [0], [-1]));
        t.Of("flip", Normal(2, 3), x => x.flip(0), x => torch.flip(x, 0, 1));
        t.Of("roll", Normal(2, 3), x => x.roll(2), x => x.roll(1, 1), x => x.roll([1, -1], [0, 1]), x => torch.roll(x, [2], [1]));
    }

    private static void Repeated(CaseTable t)
    {
        t.Of("expand", Normal(1, 3), x => x.expand(2, -1));
        t.Of("expand_as", Normal(1, 3), x => x.expand_as(zeros(4, 3)));
        t.Of("broadcast_to", Normal(3), x => x.broadcast_to(2, 3));
        t.Of("broadcast_tensors", Normal(3), Normal(2, 1), (x, y) => Together(broadcast_tensors(x, y)));
        t.Of("meshgrid", Normal(3), Normal(2), (x, y) => Together(meshgrid([x, y])), (x, y) => Together(meshgrid([x, y], "xy")));
        t.Of("repeat", Normal(2, 3), x => x.repeat(2, 1, 2));
        t.Of("repeat_interleave", Normal(2, 3),
            x => x.repeat_interleave(2), x => x.repeat_interleave(3, 1), x => x.repeat_interleave(Longs(2, 0, 1), 1));
    }

    private static void Parts(CaseTable t)
    {
        t.Of("narrow", Normal(2, 5), x => x.narrow(1, 1, 3));
        t.Of("select", Normal(2, 5), x => x.select(1, -2));
        t.Of("slice", Normal(2, 5), x => x.slice(1, 0, 5, 2));
        t.Of("as_strided", Normal(2, 5), x => x.as_strided([3, 2], [2, 1], 1));
        t.Of("unfold: overlapping windows", Normal(2, 5), x => x.unfold(1, 3, 1));
        t.Of("chunk", Normal(2, 5), x => Together(x.chunk(2, 1).Reverse()));
        t.Of("split", Normal(2, 5), x => Together(x.split(2, 1).Reverse()), x => Together(x.split([4, 1], 1).Reverse()));
        t.Of("unbind", Normal(2, 3), x => Together(x.unbind(1)));
    }

    private static void Joined(CaseTable t)
    {
        t.Of("cat", Normal(2, 3), Normal(2, 1), (x, y) => cat([x, y, x], 1));
        t.Of("stack", Normal(2, 3), Normal(2, 3), (x, y) => stack([x, y], 1));
        t.Of("hstack", Normal(2, 3), Normal(2, 1), (x, y) => hstack(x, y));
        t.Of("vstack", Normal(3), Normal(3), (x, y) => vstack([x, y]));
    }

    private static void Triangles(CaseTable t)
    {
        t.Of("diag", Normal(3), x => x.diag(), x => torch.diag(x, 1));
        t.Of("diag: of a matrix", Normal(3, 3), x => x.diag(-1));
        t.Of("diagonal", Normal(2, 3, 3), x => x.diagonal(1, 1, 2), x => torch.diagonal(x));
        t.Of("tril", Normal(3, 4), x => x.tril(), x => torch.tril(x, 1));
        t.Of("triu", Normal(3, 4), x => x.triu(), x => torch.triu(x, -1));
    }
}
