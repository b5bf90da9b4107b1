using static Dfx.Torch.Tests.Functions.Gradients.Inputs;
using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Gradients.Cases;

internal static class IndexCases
{
    internal static void AddTo(CaseTable t)
    {
        Read(t);
        Gathered(t);
        Scattered(t);
        Put(t);
    }

    private static void Read(CaseTable t)
    {
        t.Of("TensorItems", Normal(2, 3, 2, 2), x => x[1], x => x[0, -1], x => x[1, 0, 1], x => x[0, 2, 1, 0]);
        t.Of("TensorItems: ranges", Normal(3, 4),
            x => x[1.., ..^1], x => x[TensorIndex.Ellipsis, TensorIndex.Slice(step: 2)], x => x[TensorIndex.None, 1]);
        t.Of("TensorItems: an index twice", Normal(3, 4), x => x[Longs(2, 0, 2)], x => x[Longs(2, 0, 2), Longs(1, 1, 1)]);
        t.Of("index", Normal(3, 4), x => x.index(TensorIndex.Colon, TensorIndex.Tensor(Longs(3, 3, 0))), x => x.index(Longs(0, 0)));
        t.Of("index: mask", Normal(2, 3), x => x.index(Mask()));
        t.Of("masked_select", Normal(2, 3), x => x.masked_select(Mask()));
    }

    private static void Gathered(CaseTable t)
    {
        t.Of("index_select", Normal(3, 4), x => x.index_select(1, Longs(3, 0, 3)), x => torch.index_select(x, 0, Longs(1, 1)));
        t.Of("gather", Normal(2, 3), x => x.gather(1, Places()), x => torch.gather(x, 1, Places()));
        t.Of("take_along_dim", Normal(2, 3), x => x.take_along_dim(Longs(new long[,] { { 2, 2 } }), 1));
    }

    private static void Scattered(CaseTable t)
    {
        t.Of("scatter", Normal(2, 3), Normal(2, 2),
            (x, y) => x.scatter(1, Places(), y), (x, y) => torch.scatter(x, 1, Places(), y), (x, y) => x.clone().scatter_(1, Places(), y));
        t.Of("scatter_add", Normal(2, 3), Normal(2, 2),
            (x, y) => x.scatter_add(1, Twice(), y), (x, y) => torch.scatter_add(x, 1, Twice(), y),
            (x, y) => x.clone().scatter_add_(1, Twice(), y));
        t.Of("index_add", Normal(3, 2), Normal(3, 2),
            (x, y) => x.index_add(0, Longs(2, 0, 2), y, 0.5), (x, y) => x.clone().index_add_(0, Longs(2, 0, 2), y, -2));
        t.Of("index_copy", Normal(3, 2), Normal(2, 2),
            (x, y) => x.index_copy(0, Longs(2, 0), y), (x, y) => x.clone().index_copy_(0, Longs(2, 0), y));
    }

    private static void Put(CaseTable t)
    {
        t.Of("index_put", Normal(3, 4), Normal(4),
            (x, y) => x.clone().index_put_(y, TensorIndex.Single(1)), (x, y) => x.clone().index_put_(y, TensorIndex.Tensor(Longs(0, 2))));
        t.Of("TensorItems clone: assigned", Normal(3, 4), Normal(3), (x, y) =>
        {
            var copy = x.clone();
            copy[.., 1] = y;
            return copy;
        });
    }

    private static Tensor Mask() => Bools(new[,] { { true, false, true }, { false, true, true } });

    private static Tensor Places() => Longs(new long[,] { { 2, 0 }, { 1, 2 } });

    private static Tensor Twice() => Longs(new long[,] { { 2, 2 }, { 1, 0 } });
}
