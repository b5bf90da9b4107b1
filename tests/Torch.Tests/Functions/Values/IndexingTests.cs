using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Values;

/// <summary>The index grammar on the 3 x 4 table whose entry in row r and column c is 10 r + c.</summary>
public sealed class IndexingTests : TensorTests
{
    private static Tensor Table => (arange(3).unsqueeze(1) * 10) + arange(4);

    [Test]
    public void Integers_count_from_either_end()
    {
        Selects(Table[1], [4], 10, 11, 12, 13);
        Selects(Table[-1], [4], 20, 21, 22, 23);
        Selects(Table[1, -2], [], 12);
        Selects(Table[^1], [4], 20, 21, 22, 23);
        Selects(Table[.., ^4], [3], 0, 10, 20);
        Selects(Table.view(1, 3, 2, 2)[0, 2, 1, 0], [], 22);
        Selects(Table.view(3, 2, 2)[1, 0, 1], [], 11);
    }

    [Test]
    public void Ranges_select_slices()
    {
        Selects(Table[1.., ..2], [2, 2], 10, 11, 20, 21);
        Selects(Table[..^1, ^2..], [2, 2], 2, 3, 12, 13);
        Selects(Table[1..1], [0, 4]);
        Selects(Table[0..0], [0, 4]);
        Selects(Table[.., TensorIndex.Slice(1, null, 2)], [3, 2], 1, 3, 11, 13, 21, 23);
        Selects(Table[TensorIndex.Slice(-2, 100)], [2, 4], 10, 11, 12, 13, 20, 21, 22, 23);
    }

    [Test]
    public void Ellipsis_stands_for_all_other_dimensions()
    {
        Selects(Table[TensorIndex.Ellipsis, 1], [3], 1, 11, 21);
        Selects(Table.view(3, 2, 2)[0, TensorIndex.Ellipsis], [2, 2], 0, 1, 2, 3);
        Selects(Table[TensorIndex.Colon, 0], [3], 0, 10, 20);
    }

    [Test]
    public void None_makes_a_dimension()
    {
        Selects(Table[TensorIndex.None, 1], [1, 4], 10, 11, 12, 13);
        Selects(Table[0, TensorIndex.None, ..2], [1, 2], 0, 1);
        Selects(Table[TensorIndex.Bool(true), 0], [1, 4], 0, 1, 2, 3);
    }

    [Test]
    public void Tensors_name_rows_or_places()
    {
        Selects(Table[tensor([2L, 0, 2])], [3, 4], 20, 21, 22, 23, 0, 1, 2, 3, 20, 21, 22, 23);
        Selects(Table[tensor([2L, 0]), tensor([3L, -1])], [2], 23, 3);
        Selects(Table[tensor([2L, 0]).unsqueeze(1), tensor([0L, 1])], [2, 2], 20, 21, 0, 1);
        Selects(Table.index(TensorIndex.Slice(0, 2), TensorIndex.Tensor(tensor([3L]))), [2, 1], 3, 13);
    }

    [Test]
    public void Masks_select_elements_or_rows()
    {
        Selects(Table[Table % 2 == 1], [6], 1, 3, 11, 13, 21, 23);
        Selects(Table[tensor([false, true, false])], [1, 4], 10, 11, 12, 13);
        Selects(Table.masked_select(tensor([true, false, false, false])), [3], 0, 10, 20);
        Selects(Table[zeros(3, 4, ScalarType.Bool)], [0]);
    }

    [Test]
    public void Assignments_broadcast_into_the_place()
    {
        var x = Table;
        x[0] = tensor(-1L);
        x[1.., 0] = tensor([5L, 6]);
        x[x == 11] = tensor(7L);
        x[tensor([2L, 2]), tensor([2L, 3])] = tensor([8L, 9]);
        x[1, 3] = tensor(4L);
        Selects(x, [3, 4], -1, -1, -1, -1, 5, 7, 12, 4, 6, 21, 8, 9);
    }

    [Test]
    public void Assigned_numbers_take_the_dtype_of_the_tensor()
    {
        var x = zeros(2);
        x[1] = tensor(2.5);
        Assert.That(x.data<float>(), Is.EqualTo([0f, 2.5f]));
    }

    [Test]
    public void Selections_by_index_tensors()
    {
        Selects(Table.index_select(1, tensor([3, 3])), [3, 2], 3, 3, 13, 13, 23, 23);
        Selects(Table.gather(1, tensor([0L, 1, 3], [3, 1])), [3, 1], 0, 11, 23);
        Selects(Table.take_along_dim(tensor([3L], [1, 1]), 1), [3, 1], 3, 13, 23);
    }

    [Test]
    public void Scattering_undoes_gathering()
    {
        var order = tensor([2L, 0, 3, 1]).expand(3, 4);
        Selects(zeros_like(Table).scatter(1, order, Table.gather(1, order)), [3, 4], Longs(Table));
        Selects(zeros(2, int64).scatter_add(0, tensor([1L, 1, 0]), tensor([1L, 2, 4])), [2], 4, 3);
        Selects(zeros(3, int64).index_add(0, tensor([2L, 0, 2]), tensor([1L, 2, 4]), 10), [3], 20, 0, 50);
        Selects(zeros(3, int64).index_copy(0, tensor([2L, 0]), tensor([1L, 2])), [3], 2, 0, 1);
    }

    private static void Selects(Tensor actual, long[] shape, params long[] elements)
    {
        Assert.That(actual.shape, Is.EqualTo(shape));
        Assert.That(Longs(actual), Is.EqualTo(elements));
    }
}
